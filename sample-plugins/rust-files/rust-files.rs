//! A WASI command that shows what Rust's standard library does with files: `rust-files [DIRECTORY]`
//! makes a directory `rust` in DIRECTORY (`/data` unless given), works in it and removes it again.
//! The variable NOTE is what it writes. Prints one line for each step; status 1 says what failed.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

const LINES: usize = 1000;

fn write_and_read(directory: &Path, note: &str) -> io::Result<()> {
    let path = directory.join("note.txt");
    fs::write(&path, note)?;
    let mut file = OpenOptions::new().append(true).open(&path)?;
    for line in 0..LINES {
        writeln!(file, "\nline {line}")?;
    }
    file.sync_all()?;
    let reader = BufReader::new(File::open(&path)?);
    let mut first = String::new();
    let mut count = 0;
    for line in reader.lines() {
        let line = line?;
        if count == 0 {
            first = line;
        }
        count += 1;
    }
    println!("read {first} and {} lines more", count - 1);
    Ok(())
}

fn seek_and_cut(directory: &Path) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create_new(true)
        .open(directory.join("numbers.txt"))?;
    file.write_all(b"0123456789")?;
    file.seek(SeekFrom::Start(3))?;
    file.write_all(b"___")?;
    file.set_len(8)?;
    file.seek(SeekFrom::End(-6))?;
    let mut rest = String::new();
    file.read_to_string(&mut rest)?;
    println!("from 2: {rest}");
    Ok(())
}

fn describe(directory: &Path) -> io::Result<()> {
    let known = fs::metadata(directory.join("numbers.txt"))?;
    let age = SystemTime::now()
        .duration_since(known.modified()?)
        .unwrap_or_default();
    println!(
        "size {}, file {}, {}",
        known.len(),
        known.is_file(),
        if age < Duration::from_secs(3600) { "new" } else { "old" }
    );
    Ok(())
}

fn rename_and_list(directory: &Path) -> io::Result<()> {
    fs::create_dir_all(directory.join("deep/deeper"))?;
    fs::rename(directory.join("note.txt"), directory.join("deep/renamed.txt"))?;
    fs::copy(directory.join("numbers.txt"), directory.join("deep/copy.txt"))?;
    let mut names = Vec::new();
    list(directory, directory, &mut names)?;
    names.sort();
    println!("has {}", names.join(" "));
    Ok(())
}

fn list(top: &Path, directory: &Path, names: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let path = entry.path();
        names.push(path.strip_prefix(top).unwrap_or(&path).display().to_string());
        if entry.file_type()?.is_dir() {
            list(top, &path, names)?;
        }
    }
    Ok(())
}

/// The seeds of a map are random bytes of the host.
fn count_words() {
    let mut words: HashMap<&str, u32> = HashMap::new();
    for word in "a rose is a rose is a rose".split(' ') {
        *words.entry(word).or_default() += 1;
    }
    let mut counted: Vec<_> = words.into_iter().collect();
    counted.sort();
    println!("counted {counted:?}");
}

fn must_fail(directory: &Path) {
    for (way, result) in [
        ("missing", File::open(directory.join("missing")).map(|_| ())),
        ("outside", fs::read("/etc/hostname").map(|_| ())),
        ("above", fs::read(directory.join("../../../etc/hostname")).map(|_| ())),
        ("full", fs::remove_dir(directory.join("deep"))),
    ] {
        println!("{way} {}", if result.is_err() { "fails" } else { "works" });
    }
}

fn tour(directory: &Path, note: &str) -> io::Result<()> {
    let started = Instant::now();
    fs::create_dir(directory)?;
    write_and_read(directory, note)?;
    seek_and_cut(directory)?;
    describe(directory)?;
    rename_and_list(directory)?;
    count_words();
    must_fail(directory);
    fs::remove_dir_all(directory)?;
    println!("gone {}", fs::metadata(directory).is_err());
    if started.elapsed() > Duration::from_secs(3600) {
        println!("late");
    }
    Ok(())
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let directory = arguments.get(1).map_or("/data", String::as_str);
    let note = std::env::var("NOTE").unwrap_or_else(|_| "nothing".to_owned());
    if let Err(error) = tour(&Path::new(directory).join("rust"), &note) {
        eprintln!("rust-files: {error}");
        std::process::exit(1);
    }
}
