//! Expands the compressed faces in `fonts/` once, at build time, so that starting the program costs nothing, and lists
//! the files in `templates/`, so that a new genre is a folder and no Rust.

#![allow(clippy::disallowed_methods, reason = "a build script is no part of the program")]

use std::error::Error;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use ruzstd::decoding::StreamingDecoder;

/// The faces that are linked in; `src/typeset/faces.rs` includes each by this name.
const FACES: [&str; 5] = ["title", "hei", "kai", "fang", "song"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    for name in FACES {
        let packed = Path::new("fonts").join(format!("{name}.ttf.zst"));
        println!("cargo:rerun-if-changed={}", packed.display());
        let file = File::open(&packed).map_err(|error| format!("{}: {error}", packed.display()))?;
        let mut face = Vec::new();
        StreamingDecoder::new(BufReader::new(file))?.read_to_end(&mut face)?;
        fs::write(out.join(format!("{name}.ttf")), face)?;
    }
    fs::write(out.join("templates.rs"), templates(Path::new("templates"))?)?;
    Ok(())
}

/// A Rust array of (name, text) for every file below a folder.
fn templates(root: &Path) -> Result<String, Box<dyn Error>> {
    let mut folders = vec![root.to_owned()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        println!("cargo:rerun-if-changed={}", folder.display());
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    let mut rust = String::from("&[\n");
    for path in files {
        println!("cargo:rerun-if-changed={}", path.display());
        let name = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
        writeln!(rust, "({name:?}, include_str!({:?})),", fs::canonicalize(&path)?)?;
    }
    rust.push_str("]\n");
    Ok(rust)
}
