//! An allocator that counts what the current thread holds on the heap, and the most it held.
//!
//! Each thread counts for itself, so tests may run at the same time. A block that grows counts twice
//! while it is copied.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

#[global_allocator]
static COUNTING: Counting = Counting;

struct Counting;

thread_local! {
    static HELD: Cell<isize> = const { Cell::new(0) };
    static MOST: Cell<isize> = const { Cell::new(0) };
}

fn count(bytes: isize) {
    HELD.with(|held| {
        held.set(held.get() + bytes);
        MOST.with(|most| most.set(most.get().max(held.get())));
    });
}

// SAFETY: every block comes from `System` and goes back to it with the layout it came with. Counting
// touches only two cells of the thread, which need neither the heap nor a destructor. `realloc` is
// the provided one, which goes through `alloc` and `dealloc`.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size().cast_signed());
        // SAFETY: the caller's promise is that of `System`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        count(-layout.size().cast_signed());
        // SAFETY: as above, and `block` came from `System`.
        unsafe { System.dealloc(block, layout) }
    }
}

/// What `run` returns, and the most bytes of heap that it held at a time.
pub(crate) fn peak<T>(run: impl FnOnce() -> T) -> (T, usize) {
    let before = HELD.get();
    MOST.set(before);
    let value = run();
    let most = MOST.get() - before;
    (value, usize::try_from(most).expect("the most is at least the start"))
}

#[test]
fn it_counts() {
    let (list, most) = peak(|| vec![0_u8; 1000]);
    assert_eq!((list.len(), most), (1000, 1000));
    let ((), most) = peak(|| drop(vec![0_u8; 70]));
    assert_eq!(most, 70);
    let (mut list, _) = peak(|| vec![0_u8; 1000]);
    let ((), most) = peak(|| list.reserve_exact(1000));
    assert_eq!(most, 2000, "the old block is held while the new one is filled");
}
