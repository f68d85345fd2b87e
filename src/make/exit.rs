//! The gate: whatever leaves the program for the public is searched for what is withheld, whichever way it leaves.

use std::path::Path;

use crate::check::leak::{self, Secrets};
use crate::diagnostic::{Diagnostic, say};
use crate::write::surface::{APART, Surface};
use crate::write::{FORMATS, Format};

/// A way by which words leave the program.
#[derive(Clone, Copy)]
pub enum Exit {
    /// A finished file.
    File(&'static Format),
    /// Text for a screen, or Markdown that the program itself writes, without colours.
    Text,
    /// A page that is no report.
    Html,
    /// JSON.
    Json,
}

impl Exit {
    /// All that can be read in what leaves; none if it cannot be read back.
    fn surfaces(self, bytes: &[u8]) -> Option<Vec<Surface>> {
        match self {
            Exit::File(format) => (format.surfaces)(bytes),
            Exit::Html => {
                let html = FORMATS.iter().find(|format| format.name == "html")?;
                (html.surfaces)(bytes)
            }
            Exit::Text => Some(vec![whole(String::from_utf8(bytes.to_vec()).ok()?)]),
            Exit::Json => {
                let mut texts = Vec::new();
                strings(&serde_json::from_slice(bytes).ok()?, &mut texts);
                Some(vec![whole(texts.join(&APART.to_string()))])
            }
        }
    }
}

fn whole(text: String) -> Surface {
    Surface { what: say("输出", "the output"), text, is_drawing: false }
}

/// Every key, text and number of a value.
fn strings(value: &serde_json::Value, found: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) => found.push(text.clone()),
        serde_json::Value::Array(items) => items.iter().for_each(|item| strings(item, found)),
        serde_json::Value::Object(entries) => {
            for (key, value) in entries {
                found.push(key.clone());
                strings(value, found);
            }
        }
        serde_json::Value::Number(number) => found.push(number.to_string()),
        _ => {}
    }
}

/// What is withheld and can be read in what leaves, or in the name that it leaves under.
pub fn leaks(secrets: &Secrets, exit: Exit, path: &Path, bytes: &[u8]) -> Vec<Diagnostic> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let Some(mut surfaces) = exit.surfaces(bytes) else { return vec![leak::unreadable(&name)] };
    surfaces.push(Surface { what: say("文件名", "its name"), text: name.to_string(), is_drawing: false });
    let of = |surface: &Surface| secrets.surfacing(&surface.text, surface.is_drawing, &name, &surface.what);
    let mut found: Vec<Diagnostic> = surfaces.iter().flat_map(of).collect();
    // Of one withheld text in one file, its first place is enough.
    let mut places = Vec::new();
    found.retain(|leak| {
        let is_new = !places.contains(&leak.place);
        places.push(leak.place.clone());
        is_new
    });
    found
}
