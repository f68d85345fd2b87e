//! The faces: five that are linked in, and those the office brings.
//!
//! GB/T 9704 asks for 小标宋, 黑体, 楷体 and 仿宋. Each [`Role`] has a chain of faces, and a character is drawn from the
//! first of them that has it, so a rare name never falls out of a line.

use std::sync::Arc;

use skrifa::raw::{FileRef, TableProvider};
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider, Tag};

use super::names::{family_of, needs_licence};
use super::role::Role;
use crate::world::Bytes;

/// A face in [`Faces`]; valid for the `Faces` that gave it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FaceId(pub(crate) u8);

/// A font file that has been read: TrueType or OpenType, one face or a collection.
#[derive(Clone)]
pub struct FaceFile {
    /// Where it came from, for messages.
    pub origin: String,
    /// The whole file.
    pub bytes: Bytes,
}

/// One loaded face.
pub(crate) struct Face {
    bytes: Bytes,
    /// Its place in a collection; 0 otherwise.
    pub index: u32,
    /// The family name shown to the user.
    pub family: String,
    /// Name under which it is embedded: ASCII letters, digits and hyphens.
    pub postscript: String,
    origin: Option<String>,
    role: Role,
    stand_in: bool,
    avoid: &'static str,
    /// Upward shift in em.
    pub rise: f32,
    licence: bool,
}

/// A face file, or a face of it, that will not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unused {
    /// The file.
    pub origin: String,
    /// Why.
    pub reason: Reason,
}

/// Why a face is not used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The file cannot be read as a font: what the font reader said.
    Broken(String),
    /// None of its names serves a role: the name it has.
    NoRole(String),
}

/// The face that serves a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// The role.
    pub role: Role,
    /// The face's family name.
    pub family: String,
    /// The user's file; none for a face that is linked in.
    pub origin: Option<String>,
    /// May not be embedded without a licence from its foundry.
    pub needs_licence: bool,
}

/// A face that pages may be set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loaded<'f> {
    /// The role that it serves first.
    pub role: Role,
    /// Its family name.
    pub family: &'f str,
    /// Linked into the program.
    pub linked: bool,
    /// The whole file.
    pub bytes: &'f [u8],
}

/// All faces, and for each role the order in which they are asked for a character.
pub struct Faces {
    faces: Vec<Face>,
    chains: Vec<Chain>,
    unused: Vec<Unused>,
}

/// The order for one role: Western characters go their own way where the first face's are poor.
struct Chain {
    han: Vec<FaceId>,
    western: Vec<FaceId>,
}

macro_rules! linked {
    ($name:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".ttf"))
    };
}

/// The linked-in faces, made by `fonts/rebuild.py`.
const LINKED: [(Role, &[u8]); 5] = [
    (Role::Title, linked!("title")),
    (Role::Hei, linked!("hei")),
    (Role::Kai, linked!("kai")),
    (Role::Fang, linked!("fang")),
    (Role::Song, linked!("song")),
];

/// Most faces that can be told apart.
const MOST_FACES: usize = u8::MAX as usize;

impl Faces {
    /// The linked-in faces and those of `extra` that serve a role; [`Faces::unused`] lists what is not used.
    pub fn new(extra: Vec<FaceFile>) -> Faces {
        let mut unused = Vec::new();
        let mut ranked = Vec::new();
        for file in extra {
            read_file(file, &mut ranked, &mut unused);
        }
        ranked.sort_by_key(|(rank, _)| *rank);
        ranked.truncate(MOST_FACES - LINKED.len());
        let mut faces: Vec<Face> = ranked.into_iter().map(|(_, face)| face).collect();
        faces.extend(LINKED.map(|(role, bytes)| linked_face(role, bytes)));
        let chains = Role::ALL.iter().map(|&role| chain(&faces, role)).collect();
        Faces { faces, chains, unused }
    }

    /// Files and faces that serve nothing.
    pub fn unused(&self) -> &[Unused] {
        &self.unused
    }

    /// Which face serves each role.
    pub fn names(&self) -> Vec<Served> {
        let first = |role: Role| self.chains[role as usize].han.first().map(|id| (role, self.face(*id)));
        Role::ALL
            .into_iter()
            .filter_map(first)
            .map(|(role, face)| Served {
                role,
                family: face.family.clone(),
                origin: face.origin.clone(),
                needs_licence: face.licence,
            })
            .collect()
    }

    /// Every face, in the order in which they are asked.
    pub fn loaded(&self) -> impl Iterator<Item = Loaded<'_>> {
        self.faces.iter().map(|face| Loaded {
            role: face.role,
            family: &face.family,
            linked: face.origin.is_none(),
            bytes: face.bytes(),
        })
    }

    /// Every face's id, in the order of the ids.
    pub(crate) fn ids(&self) -> impl Iterator<Item = FaceId> + use<> {
        (0..self.faces.len()).map(|index| FaceId(index as u8))
    }

    pub(crate) fn face(&self, id: FaceId) -> &Face {
        &self.faces[usize::from(id.0)]
    }

    /// The faces to ask for `ch`, best first.
    pub(super) fn candidates(&self, role: Role, ch: char) -> impl Iterator<Item = FaceId> {
        let chain = &self.chains[role as usize];
        let ids = if is_western(ch) { &chain.western } else { &chain.han };
        ids.iter().copied().filter(move |id| !self.face(*id).avoid.contains(ch))
    }

    /// Whether `id` is our 宋 face, lent to 仿宋 text for its figures and Latin letters.
    pub(super) fn is_lent(&self, id: FaceId, role: Role) -> bool {
        role == Role::Fang && self.face(id).role == Role::Song
    }
}

impl Face {
    pub(crate) fn bytes(&self) -> &[u8] {
        (*self.bytes).as_ref()
    }

    /// The face's tables; none cannot happen for a face that was loaded.
    pub(crate) fn tables(&self) -> Option<FontRef<'_>> {
        FontRef::from_index(self.bytes(), self.index).ok()
    }
}

/// Characters of Western text: figures, Latin letters and their marks, and the unit signs that belong to a figure.
/// Quotation marks, dashes and ellipses are Chinese in these documents.
pub(super) fn is_western(ch: char) -> bool {
    matches!(ch, '!'..='~' | '\u{a0}'..='\u{b6}' | '\u{b8}'..='\u{24f}' | '\u{370}'..='\u{3ff}' | '‰' | '℃')
}

fn chain(faces: &[Face], role: Role) -> Chain {
    let ids = |keep: &dyn Fn(&Face) -> bool| -> Vec<FaceId> {
        let matching = faces.iter().enumerate().filter(|(_, face)| keep(face));
        matching.map(|(index, _)| FaceId(index as u8)).collect()
    };
    let own = ids(&|face| face.role == role);
    let fang = ids(&|face| face.role == Role::Fang);
    let rest = ids(&|_| true);
    let han = once_each([&own, &fang, &rest]);
    let lends = role == Role::Fang && own.first().is_none_or(|id| faces[usize::from(id.0)].is_ours());
    let song = ids(&|face| face.role == Role::Song);
    let western = if lends { once_each([&song, &own, &rest]) } else { han.clone() };
    Chain { han, western }
}

impl Face {
    /// Brought or chosen by us, not by the office.
    fn is_ours(&self) -> bool {
        self.stand_in || self.origin.is_none()
    }
}

fn once_each(lists: [&Vec<FaceId>; 3]) -> Vec<FaceId> {
    let mut out: Vec<FaceId> = Vec::new();
    for id in lists.into_iter().flatten() {
        if !out.contains(id) {
            out.push(*id);
        }
    }
    out
}

fn linked_face(role: Role, bytes: &'static [u8]) -> Face {
    let family = format!("Banjie {role:?}");
    let postscript = format!("Banjie{role:?}");
    Face {
        bytes: Arc::new(bytes),
        index: 0,
        family,
        postscript,
        origin: None,
        role,
        stand_in: true,
        avoid: "",
        rise: 0.0,
        licence: false,
    }
}

/// Adds the faces of a file to `ranked` with their ranks, or to `unused`.
fn read_file(file: FaceFile, ranked: &mut Vec<(usize, Face)>, unused: &mut Vec<Unused>) {
    let FaceFile { origin, bytes } = file;
    let mut found = Vec::new();
    let mut reject = |reason| unused.push(Unused { origin: origin.clone(), reason });
    match FileRef::new((*bytes).as_ref()) {
        Err(error) => reject(Reason::Broken(error.to_string())),
        Ok(file) => {
            for (index, font) in file.fonts().enumerate() {
                match font.map_err(|error| error.to_string()).and_then(|font| describe(&font)) {
                    Err(error) => reject(Reason::Broken(error)),
                    Ok(names) => match family_of(&names.all) {
                        None => reject(Reason::NoRole(names.family)),
                        Some((rank, family)) => found.push((rank, family, index as u32, names)),
                    },
                }
            }
        }
    }
    for (rank, family, index, names) in found {
        let face = Face {
            bytes: Arc::clone(&bytes),
            index,
            licence: needs_licence(&names.all),
            family: names.family,
            postscript: names.postscript,
            origin: Some(origin.clone()),
            role: family.role,
            stand_in: family.stand_in,
            avoid: family.avoid,
            rise: family.rise,
        };
        ranked.push((rank, face));
    }
}

struct Names {
    all: Vec<String>,
    family: String,
    postscript: String,
}

/// A usable face's names, or why it is of no use.
fn describe(font: &FontRef) -> Result<Names, String> {
    let has = |tag: &[u8; 4]| font.table_data(Tag::new(tag)).is_some();
    if !has(b"glyf") && !has(b"CFF ") {
        return Err("no TrueType or CFF outlines".to_owned());
    }
    if !font.charmap().has_map() {
        return Err("no Unicode character map".to_owned());
    }
    for (table, read) in
        [("head", font.head().is_ok()), ("hhea", font.hhea().is_ok()), ("hmtx", font.hmtx().is_ok())]
    {
        if !read {
            return Err(format!("no usable `{table}` table"));
        }
    }
    let strings = |id| font.localized_strings(id).map(|string| string.chars().collect::<String>());
    let families = [StringId::FAMILY_NAME, StringId::TYPOGRAPHIC_FAMILY_NAME];
    let mut all: Vec<String> = families.into_iter().flat_map(strings).collect();
    let family = all.first().cloned().unwrap_or_else(|| "unnamed".to_owned());
    all.extend(strings(StringId::FULL_NAME));
    let postscript: Vec<String> = strings(StringId::POSTSCRIPT_NAME).collect();
    all.extend(postscript.iter().cloned());
    let legal = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
    let name: String =
        postscript.first().map(|name| name.chars().filter(legal).collect()).unwrap_or_default();
    let postscript = if name.is_empty() { "Unnamed".to_owned() } else { name };
    Ok(Names { all, family, postscript })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_is_served_by_a_linked_face() {
        let names = Faces::new(Vec::new()).names();
        assert_eq!(names.len(), Role::ALL.len());
        assert!(names.iter().all(|served| served.origin.is_none() && !served.needs_licence));
    }

    #[test]
    fn a_broken_file_is_reported_and_not_used() {
        let file = FaceFile { origin: "broken.ttf".to_owned(), bytes: Arc::new(b"not a font at all") };
        let faces = Faces::new(vec![file]);
        assert!(matches!(faces.unused(), [Unused { reason: Reason::Broken(_), .. }]));
        assert_eq!(faces.names().len(), Role::ALL.len());
    }

    #[test]
    fn a_face_without_a_role_is_named() {
        let file = FaceFile { origin: "hei.ttf".to_owned(), bytes: Arc::new(LINKED[1].1) };
        let faces = Faces::new(vec![file]);
        let reason = Reason::NoRole("Banjie Hei".to_owned());
        assert_eq!(faces.unused(), [Unused { origin: "hei.ttf".to_owned(), reason }]);
    }
}
