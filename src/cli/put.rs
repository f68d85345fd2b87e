//! Holds an output folder, so that one run at a time writes to it.

use std::path::Path;
use std::time::Duration;

use super::complain;
use crate::diagnostic::{Lang, Say, say};
use crate::world::{FolderLock, World};

/// How long to wait for another run. The longest reports take a second.
const PATIENCE: Duration = Duration::from_secs(10);

/// Lock an output folder. A run that has to wait for another one says so.
pub(super) fn hold(world: &dyn World, folder: &Path, lang: Lang) -> Result<FolderLock, Say> {
    if let Some(held) = world.hold(folder, Duration::ZERO) {
        return Ok(held);
    }
    let shown = folder.display();
    let waits = say(
        format!("另一个 banjie 正在写 {shown}，等它写完…"),
        format!("another banjie is writing to {shown}, waiting for it…"),
    );
    complain(waits.get(lang));
    world.hold(folder, PATIENCE).ok_or_else(|| {
        let seconds = PATIENCE.as_secs();
        say(
            format!("等了 {seconds} 秒，另一个 banjie 还在写 {shown}；等它结束再运行，或换一个文件夹"),
            format!(
                "another banjie has been writing to {shown} for {seconds} seconds; run this again when it is done, or choose another folder"
            ),
        )
    })
}
