//! The file of a Unix socket that a server listens on: how it comes, and how it goes.
//!
//! One that nobody listens on any more, left by a process that was killed, is replaced; any other
//! file is left alone. Servers may come and go at one path at the same time: none takes the file of
//! another that lives.

use std::format;
use std::fs;
use std::io::{self, ErrorKind};
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::os::unix::net::{UnixDatagram, UnixListener};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A file that this process made. It is removed when this is dropped, unless another one stands
/// there by then: that is of the next server.
#[derive(Debug)]
pub(in crate::net) struct SocketFile {
    path: PathBuf,
    id: FileId,
}

/// A file, whatever its name is: its device, its inode, and since when it is there. For the inode of
/// a file that is gone is given to the next one, and in one folder that is the next socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::net) struct FileId {
    device: u64,
    inode: u64,
    since: Option<SystemTime>,
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
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            remove(path, left_over(path).ok_or(error)?)?;
            UnixListener::bind(path)
        }
        result => result,
    }
}

/// The socket at `path`, if it is one that nobody listens on. It is asked for with the wrong type of
/// socket: a server that lives neither accepts that nor keeps us waiting.
fn left_over(path: &Path) -> Option<FileId> {
    let file = fs::symlink_metadata(path).ok().filter(|file| file.file_type().is_socket())?;
    let asked = UnixDatagram::unbound().and_then(|socket| socket.connect(path));
    let is_refused = asked.is_err_and(|error| error.kind() == ErrorKind::ConnectionRefused);
    is_refused.then(|| FileId::of(&file))
}

/// Removes the file at `path`, if it is still this one. It is moved aside first: between a look at it
/// and its removal, another server may have put its own there.
fn remove(path: &Path, id: FileId) -> io::Result<()> {
    let mut aside = path.as_os_str().to_os_string();
    aside.push(format!(".{:016x}", fastrand::u64(..)));
    match fs::rename(path, &aside) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        result => result?,
    }
    match file_at(Path::new(&aside)) {
        Ok(moved) if moved == id => fs::remove_file(aside),
        Ok(_) | Err(_) => fs::rename(aside, path),
    }
}

/// Which file stands at `path`.
pub(in crate::net) fn file_at(path: &Path) -> io::Result<FileId> {
    fs::symlink_metadata(path).map(|file| FileId::of(&file))
}

impl FileId {
    fn of(file: &fs::Metadata) -> FileId {
        // Not every system knows when a file was made.
        let since = file.created().or_else(|_| file.modified()).ok();
        FileId { device: file.dev(), inode: file.ino(), since }
    }
}

impl Drop for SocketFile {
    fn drop(&mut self) {
        if file_at(&self.path).is_ok_and(|id| id == self.id) {
            remove(&self.path, self.id).unwrap_or_default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::net::UnixStream;
    use std::sync::Barrier;
    use std::thread;
    use std::time::Duration;
    use std::vec::Vec;
    use tempfile::TempDir;

    /// A path in a folder of its own, in which nothing may be left at the end.
    struct Place(TempDir, PathBuf);

    impl Place {
        fn new() -> Place {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("socket");
            Place(folder, path)
        }
    }

    impl Drop for Place {
        fn drop(&mut self) {
            let left: Vec<_> = self.0.path().read_dir().expect("a folder").collect();
            assert!(left.is_empty() || thread::panicking(), "{left:?} is left");
        }
    }

    // A server that ends stops listening first, and removes its file then. One that waits for its place
    // may come between, and its file often has the inode of the first.
    #[test]
    fn a_server_that_ends_leaves_its_successor_the_file() {
        let place = Place::new();
        let (first, first_file) = listen_at(&place.1).expect("free");
        // Servers live longer than a tick of the clock of files.
        thread::sleep(Duration::from_millis(50));
        drop(first);
        let (_second, second_file) = listen_at(&place.1).expect("left over");
        drop(first_file);
        UnixStream::connect(&place.1).expect("the second one listens");
        drop(second_file);
    }

    #[test]
    fn of_those_that_find_a_file_left_over_one_replaces_it() {
        for _ in 0..300 {
            let place = Place::new();
            drop(UnixListener::bind(&place.1).expect("free"));
            let barrier = Barrier::new(2);
            let listen = || {
                barrier.wait();
                listen_at(&place.1)
            };
            let results = thread::scope(|scope| {
                let threads = [scope.spawn(listen), scope.spawn(listen)];
                threads.map(|thread| thread.join().expect("no panic"))
            });
            let errors = results.iter().filter_map(|result| result.as_ref().err());
            let kinds: Vec<_> = errors.map(io::Error::kind).collect();
            assert_eq!(kinds, [ErrorKind::AddrInUse]);
            UnixStream::connect(&place.1).expect("one of them listens");
        }
    }

    #[test]
    fn a_file_that_came_meanwhile_is_put_back() {
        let place = Place::new();
        let (_listener, file) = listen_at(&place.1).expect("free");
        let gone = FileId { inode: 0, ..file.id };
        remove(&place.1, gone).expect("put back");
        assert_eq!(file_at(&place.1).expect("it is there"), file.id);
    }
}
