//! The bytes of the file: objects packed by the hundred into object streams, and where each of them is (ISO 32000-1, 7.5).
//!
//! lopdf would copy every object to do so, and pack them one stream after another.

use std::io::{self, Write};

use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::{Dictionary, Object, StringFormat, dictionary};

use super::{FNV, fnv};
use crate::parallel::in_parallel;

/// Compression of streams: measured, a third as slow as the usual 6 and within one part in ten of its size.
const LEVEL: u32 = 2;
/// Objects in one stream.
const TOGETHER: usize = 400;

/// Objects that are already written, numbered one after another.
pub(super) struct Loose {
    first: u32,
    bytes: Vec<u8>,
    /// Where each object ends.
    ends: Vec<usize>,
}

impl Loose {
    pub fn new(first: u32) -> Self {
        Self { first, bytes: Vec::new(), ends: Vec::new() }
    }

    /// Writing into memory does not fail.
    pub fn add(&mut self, write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) {
        _ = write(&mut self.bytes);
        self.ends.push(self.bytes.len());
    }

    fn objects(&self) -> impl Iterator<Item = (u32, &[u8])> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let bytes = starts.zip(&self.ends).map(|(start, end)| &self.bytes[start..*end]);
        (self.first..).zip(bytes)
    }
}

/// Where an object is.
#[derive(Clone, Copy)]
enum Place {
    Free,
    /// At this byte of the file.
    At(usize),
    /// The object stream, and the number in it.
    In(u32, usize),
}

/// Writes the file: lopdf's objects and the loose ones, whose numbers follow on them. `about` takes part in the file's ID.
pub(super) fn save(document: &lopdf::Document, loose: &Loose, about: &[u8]) -> Vec<u8> {
    let highest = loose.first + loose.ends.len() as u32;
    let mut small = Loose::new(0);
    let mut numbers = Vec::new();
    let mut streams: Vec<(u32, &lopdf::Stream)> = Vec::new();
    for (&(number, _), object) in &document.objects {
        match object {
            Object::Stream(stream) => streams.push((number, stream)),
            object => {
                small.add(|out| write_object(out, object));
                numbers.push(number);
            }
        }
    }
    let small = small.objects().zip(numbers).map(|((_, bytes), number)| (number, bytes));
    let together: Vec<(u32, &[u8])> = small.chain(loose.objects()).collect();
    let groups: Vec<&[(u32, &[u8])]> = together.chunks(TOGETHER).collect();
    let packed = in_parallel(&groups, 1, Packer::new, |packer, group| object_stream(packer, group));

    let mut places = vec![Place::Free; highest as usize + packed.len() + 1];
    let mut out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    out.reserve(streams.iter().map(|(_, stream)| stream.content.len() + 128).sum::<usize>());
    let mut put = |out: &mut Vec<u8>, number: u32, stream: &lopdf::Stream| {
        places[number as usize] = Place::At(out.len());
        _ = writeln!(out, "{number} 0 obj");
        _ = write_stream(out, &stream.dict, &stream.content);
        out.extend_from_slice(b"\nendobj\n");
    };
    streams.into_iter().for_each(|(number, stream)| put(&mut out, number, stream));
    for (number, stream) in (highest..).zip(&packed) {
        put(&mut out, number, stream);
    }
    for (number, group) in (highest..).zip(&groups) {
        for (index, (object, _)) in group.iter().enumerate() {
            places[*object as usize] = Place::In(number, index);
        }
    }
    let own = places.len() - 1;
    let start = out.len();
    places[own] = Place::At(start);
    let id = [FNV, !FNV].map(|seed| fnv(fnv(seed, about), &out)).map(u64::to_be_bytes).concat();
    let trailer = trailer(document, places.len(), id);
    let table = Packer::new().pack(&cross_references(&places));
    _ = writeln!(out, "{own} 0 obj");
    _ = write_stream(&mut out, &trailer, &table);
    _ = writeln!(out, "\nendobj\nstartxref\n{start}\n%%EOF");
    out
}

/// The dictionary of the cross-reference stream, which is the file's trailer as well.
fn trailer(document: &lopdf::Document, size: usize, id: Vec<u8>) -> Dictionary {
    let id = Object::String(id, StringFormat::Hexadecimal);
    let mut trailer = dictionary! {
        "Type" => "XRef",
        "Size" => size as i64,
        "W" => vec![1.into(), 4.into(), 2.into()],
        "ID" => vec![id.clone(), id],
        "Filter" => "FlateDecode",
        "DecodeParms" => dictionary! { "Predictor" => 12, "Columns" => ENTRY as i64 },
    };
    for key in [&b"Root"[..], b"Info"] {
        if let Ok(value) = document.trailer.get(key) {
            trailer.set(key, value.clone());
        }
    }
    trailer
}

/// Bytes of an entry in the cross-reference stream.
const ENTRY: usize = 7;

/// Each entry as its difference from the one before (PNG's “Up”): of thousands of objects in streams little is left.
fn cross_references(places: &[Place]) -> Vec<u8> {
    let entry = |place: &Place| {
        let (kind, field, last) = match *place {
            Place::Free => (0, 0, u16::MAX),
            Place::At(byte) => (1, byte as u32, 0),
            Place::In(stream, index) => (2, stream, index as u16),
        };
        let ([a, b, c, d], [e, f]) = (field.to_be_bytes(), last.to_be_bytes());
        [kind, a, b, c, d, e, f]
    };
    let mut last = [0; ENTRY];
    let mut out = Vec::with_capacity(places.len() * (ENTRY + 1));
    for entry in places.iter().map(entry) {
        out.push(2);
        out.extend(entry.iter().zip(last).map(|(new, old)| new.wrapping_sub(old)));
        last = entry;
    }
    out
}

fn object_stream(packer: &mut Packer, group: &[(u32, &[u8])]) -> lopdf::Stream {
    let mut index = Vec::new();
    let mut bytes = Vec::new();
    for (number, object) in group {
        _ = write!(index, "{number} {} ", bytes.len());
        bytes.extend_from_slice(object);
        bytes.push(b'\n');
    }
    let first = index.len() as i64;
    index.append(&mut bytes);
    let dictionary = dictionary! {
        "Type" => "ObjStm", "N" => group.len() as i64, "First" => first, "Filter" => "FlateDecode",
    };
    lopdf::Stream::new(dictionary, packer.pack(&index))
}

/// Compresses one stream after another in the same memory: a new state is a quarter of a megabyte to clear.
pub(super) struct Packer(Compress);

impl Packer {
    pub fn new() -> Self {
        Self(Compress::new(Compression::new(LEVEL), true))
    }

    pub fn pack(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.0.reset();
        let mut packed = Vec::with_capacity(bytes.len() / 2 + 64);
        loop {
            let read = self.0.total_in() as usize;
            // Compression into memory fails only for a wrong flush, and stalls only for want of room.
            match self.0.compress_vec(&bytes[read..], &mut packed, FlushCompress::Finish) {
                Ok(Status::StreamEnd) | Err(_) => return packed,
                Ok(_) => packed.reserve(packed.capacity()),
            }
        }
    }
}

fn write_stream(out: &mut Vec<u8>, dictionary: &Dictionary, content: &[u8]) -> io::Result<()> {
    let mut dictionary = dictionary.clone();
    dictionary.set("Length", content.len() as i64);
    write_dictionary(out, &dictionary)?;
    out.extend_from_slice(b"\nstream\n");
    out.extend_from_slice(content);
    out.extend_from_slice(b"\nendstream");
    Ok(())
}

/// An object as it stands in a file (ISO 32000-1, 7.3).
fn write_object(out: &mut Vec<u8>, object: &Object) -> io::Result<()> {
    match object {
        Object::Null => out.write_all(b"null"),
        Object::Boolean(value) => write!(out, "{value}"),
        Object::Integer(value) => write!(out, "{value}"),
        Object::Real(value) => write!(out, "{value}"),
        Object::Name(name) => write_name(out, name),
        Object::String(bytes, _) => {
            out.push(b'<');
            bytes.iter().try_for_each(|byte| write!(out, "{byte:02X}"))?;
            out.write_all(b">")
        }
        Object::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b' ');
                }
                write_object(out, item)?;
            }
            out.write_all(b"]")
        }
        Object::Dictionary(dictionary) => write_dictionary(out, dictionary),
        Object::Reference((number, generation)) => write!(out, "{number} {generation} R"),
        // A stream is an object of its own.
        Object::Stream(_) => out.write_all(b"null"),
    }
}

fn write_dictionary(out: &mut Vec<u8>, dictionary: &Dictionary) -> io::Result<()> {
    out.extend_from_slice(b"<<");
    for (key, value) in dictionary {
        write_name(out, key)?;
        if !matches!(value, Object::Name(_) | Object::String(..) | Object::Array(_) | Object::Dictionary(_)) {
            out.push(b' ');
        }
        write_object(out, value)?;
    }
    out.write_all(b">>")
}

fn write_name(out: &mut Vec<u8>, name: &[u8]) -> io::Result<()> {
    out.push(b'/');
    name.iter().try_for_each(|byte| match byte {
        b'!'..=b'~' if !b"()<>[]{}/%#".contains(byte) => out.write_all(&[*byte]),
        _ => write!(out, "#{byte:02X}"),
    })
}
