//! The file of a Unix socket that a server listens on: how it comes, and how it goes.
//!
//! One that nobody listens on any more, left by a process that was killed, is replaced; any other
//! file is left alone.

use std::format;
use std::fs;
use std::io::{self, ErrorKind};
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::os::unix::net::{UnixDatagram, UnixListener};
use std::path::{Path, PathBuf};

/// A file that this process made. It is removed when this is dropped, unless another one stands
/// there by then: that is of the next server.
#[derive(Debug)]
pub(in crate::net) struct SocketFile {
    path: PathBuf,
    id: FileId,
}

/// A file, whatever its name is: its device and its inode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::net) struct FileId {
    device: u64,
    inode: u64,
}

/// Listens at `path`.
pub(in crate::net) fn listen_at(path: &Path) -> io::Result<(UnixListener, SocketFile)> {
    // The process may go elsewhere before it removes the file.
    let path = std::path::absolute(path)?;
    let named = |error: io::Error| {
        io::Error::new(error.kind(), format!("cannot listen at {}: {error}", path.display()))
    };
    let listener = bind(&path).map_err(named)?;
    let id = file_at(&path).map_err(named)?;
    Ok((listener, SocketFile { path, id }))
}

fn bind(path: &Path) -> io::Result<UnixListener> {
    match UnixListener::bind(path) {
        Err(error) if error.kind() == ErrorKind::AddrInUse && is_left_over(path) => {
            fs::remove_file(path)?;
            UnixListener::bind(path)
        }
        result => result,
    }
}

/// Whether nobody listens on the socket at `path`, if it is one. It is asked for with the wrong type
/// of socket: a server that lives neither accepts that nor keeps us waiting.
fn is_left_over(path: &Path) -> bool {
    let is_socket = fs::symlink_metadata(path).is_ok_and(|file| file.file_type().is_socket());
    let asked = UnixDatagram::unbound().and_then(|socket| socket.connect(path));
    is_socket && asked.is_err_and(|error| error.kind() == ErrorKind::ConnectionRefused)
}

/// Which file stands at `path`.
pub(in crate::net) fn file_at(path: &Path) -> io::Result<FileId> {
    fs::symlink_metadata(path).map(|file| FileId { device: file.dev(), inode: file.ino() })
}

impl Drop for SocketFile {
    fn drop(&mut self) {
        if file_at(&self.path).is_ok_and(|id| id == self.id) {
            fs::remove_file(&self.path).unwrap_or_default();
        }
    }
}
