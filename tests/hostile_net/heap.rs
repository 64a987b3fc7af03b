//! An allocator that counts what the process holds on the heap.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

#[global_allocator]
static COUNTING: Counting = Counting;

struct Counting;

static TAKEN: AtomicUsize = AtomicUsize::new(0);
static GIVEN_BACK: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every block comes from `System` and goes back to it with the layout it came with. Counting
// touches only two numbers. `realloc` is the provided one, which goes through `alloc` and `dealloc`.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        TAKEN.fetch_add(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's promise is that of `System`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        GIVEN_BACK.fetch_add(layout.size(), Ordering::Relaxed);
        // SAFETY: as above, and `block` came from `System`.
        unsafe { System.dealloc(block, layout) }
    }
}

/// How many bytes of heap the process holds.
pub(crate) fn held() -> usize {
    // In this order, so that what is given back meanwhile is not more than what was taken.
    let given_back = GIVEN_BACK.load(Ordering::SeqCst);
    TAKEN.load(Ordering::SeqCst) - given_back
}
