//! The app without a screen or a socket.
