//! The message when files could not be written: the reason, and what to do.

use std::io::ErrorKind;

use crate::diagnostic::{Say, say};
use crate::world::Unwritten;

/// The usual reasons for which a system refuses to write, in Chinese and English; none for a rare one.
fn advice(kind: ErrorKind) -> Option<(&'static str, &'static str)> {
    Some(match kind {
        ErrorKind::StorageFull => {
            ("磁盘满了；腾出空间以后再运行", "the disk is full; make room and run again")
        }
        ErrorKind::QuotaExceeded => (
            "超过了允许使用的磁盘空间；腾出空间以后再运行",
            "your share of the disk is used up; make room and run again",
        ),
        ErrorKind::FileTooLarge => (
            "文件大小超过了系统允许的上限；请管理员放宽，或换一个文件夹",
            "the file is larger than the system allows; have the limit raised, or choose another folder",
        ),
        ErrorKind::ReadOnlyFilesystem => {
            ("这个位置只能读，不能写；换一个文件夹", "this place can only be read; choose another folder")
        }
        ErrorKind::PermissionDenied => (
            "没有写的权限，或者文件正被别的程序打开；关闭那个程序，请管理员给予权限，或换一个文件夹",
            "no permission, or another program has the file open; close it, ask for permission, or choose another folder",
        ),
        ErrorKind::IsADirectory => (
            "那里已有一个同名的文件夹；把它移开，或换一个文件夹",
            "a folder of that name is there; move it, or choose another folder",
        ),
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => (
            "应是文件夹的地方有一个同名的文件；把它移开，或换一个文件夹",
            "a file is where a folder should be; move it, or choose another folder",
        ),
        _ => return None,
    })
}

/// Why nothing was written, and what to do about it.
pub fn unwritten(wrong: &Unwritten) -> Say {
    let shown = wrong.path.display();
    let error = wrong.error.to_string();
    let (zh, en) = advice(wrong.error.kind()).unwrap_or((&error, &error));
    say(
        format!("写不了 {shown}：{zh}。原来的文件没有改动"),
        format!("cannot write to {shown}: {en}. The files that were there are unchanged"),
    )
}
