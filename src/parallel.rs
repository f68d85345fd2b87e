//! Runs a function over many items on all cores. The results keep the order of the items.

/// More threads than this only get in each other's way.
const MOST_THREADS: usize = 8;

/// Does something with every item; `start` makes what one thread needs for all of its items. No thread gets fewer than
/// `least` of them: what is quickly done is not worth handing out.
pub fn in_parallel<T: Sync, S, R: Send>(
    items: &[T],
    least: usize,
    start: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, &T) -> R + Sync,
) -> Vec<R> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
    let share = items.len().div_ceil(threads).max(least).max(1);
    let work = |share: &[T]| {
        let mut state = start();
        share.iter().map(|item| work(&mut state, item)).collect::<Vec<R>>()
    };
    std::thread::scope(|scope| {
        let mut shares = items.chunks(share);
        let own = shares.next().unwrap_or_default();
        let threads: Vec<_> = shares.map(|share| scope.spawn(move || work(share))).collect();
        let mut results = work(own);
        results.reserve(items.len() - results.len());
        for thread in threads {
            results.extend(thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        results
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_kept() {
        for count in [0, 1, 2, 7, 100] {
            let items: Vec<usize> = (0..count).collect();
            for least in [1, 3, 1000] {
                let doubled = in_parallel(&items, least, || (), |(), item| item * 2);
                assert_eq!(doubled, items.iter().map(|item| item * 2).collect::<Vec<_>>());
            }
        }
    }
}
