//! A revision of a clone in, the files below one of its folders out. Git reads its own objects: the work tree is not touched.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::outcome::{Failure, Result};

/// A revision of a clone.
#[derive(Clone, Debug)]
pub(super) struct Revision {
    repository: PathBuf,
    /// The commit or tree, as git names it.
    id: String,
    /// As it was given.
    shown: String,
}

impl Revision {
    /// The revision of this name; `None` if the clone has none, or there is no clone.
    pub(super) fn find(name: &str, repository: &Path) -> Result<Option<Self>> {
        if name.is_empty() || name.starts_with('-') {
            return Ok(None);
        }
        let peeled = format!("{name}^{{tree}}");
        let args = [
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &peeled,
        ];
        let output = command(repository, &args)
            .output()
            .map_err(|error| Failure::new(format!("git cannot be started: {error}")))?;
        if !output.status.success() {
            return Ok(None);
        }
        Ok(Some(Self {
            repository: repository.to_path_buf(),
            id: String::from_utf8_lossy(&output.stdout).trim().to_owned(),
            shown: name.to_owned(),
        }))
    }

    /// Every file below a folder, by its path below it. An empty folder name is the whole tree.
    pub(super) fn files(&self, folder: &str) -> Result<Vec<(String, Vec<u8>)>> {
        let tree = if folder.is_empty() {
            self.id.clone()
        } else {
            format!("{}:{folder}", self.id)
        };
        let output = command(&self.repository, &["ls-tree", "-r", "-z", &tree])
            .output()
            .map_err(|error| Failure::new(format!("git cannot be started: {error}")))?;
        if !output.status.success() {
            let message = format!("{} has no folder {folder}", self.shown);
            return Err(Failure::new(message));
        }
        let listed = String::from_utf8_lossy(&output.stdout).into_owned();
        let entries: Vec<(&str, &str)> = listed
            .split('\0')
            .filter_map(|line| {
                let (head, path) = line.split_once('\t')?;
                let mut words = head.split(' ');
                let (_, kind, id) = (words.next()?, words.next()?, words.next()?);
                (kind == "blob").then_some((id, path))
            })
            .collect();
        let contents = self.contents(entries.iter().map(|(id, _)| *id).collect())?;
        let paths = entries.into_iter().map(|(_, path)| path.to_owned());
        Ok(paths.zip(contents).collect())
    }

    /// One file of the tree, if it is there.
    pub(super) fn file(&self, path: &str) -> Result<Option<Vec<u8>>> {
        let object = format!("{}:{path}", self.id);
        let output = command(&self.repository, &["cat-file", "blob", &object])
            .output()
            .map_err(|error| Failure::new(format!("git cannot be started: {error}")))?;
        Ok(output.status.success().then_some(output.stdout))
    }

    /// The objects of these ids, all from one process.
    fn contents(&self, ids: Vec<&str>) -> Result<Vec<Vec<u8>>> {
        let broken = |what: &str| Failure::new(format!("git cat-file in {}: {what}", self.shown));
        let mut child = command(&self.repository, &["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| Failure::new(format!("git cannot be started: {error}")))?;
        let mut input = child.stdin.take().ok_or_else(|| broken("no input"))?;
        let asked: String = ids.iter().map(|id| format!("{id}\n")).collect();
        // Both pipes fill up: one thread writes while this one reads.
        let writer = std::thread::spawn(move || input.write_all(asked.as_bytes()));
        let mut answer = Vec::new();
        let mut output = child.stdout.take().ok_or_else(|| broken("no output"))?;
        output
            .read_to_end(&mut answer)
            .map_err(|error| broken(&error.to_string()))?;
        let is_fine = child.wait().is_ok_and(|status| status.success());
        if !is_fine || !matches!(writer.join(), Ok(Ok(()))) {
            return Err(broken("it broke off"));
        }
        let mut rest = answer.as_slice();
        let mut contents = Vec::with_capacity(ids.len());
        for id in ids {
            let (content, after) =
                object(rest).ok_or_else(|| broken(&format!("no object {id}")))?;
            contents.push(content.to_vec());
            rest = after;
        }
        Ok(contents)
    }

    pub(super) fn shown(&self) -> &str {
        &self.shown
    }
}

/// One object of the batch, `id type size`, a line end, the bytes, a line end; and what follows.
fn object(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let head = std::str::from_utf8(&bytes[..end]).ok()?;
    let size: usize = head.rsplit(' ').next()?.parse().ok()?;
    let start = end + 1;
    let content = bytes.get(start..start.checked_add(size)?)?;
    Some((content, bytes.get(start + size + 1..)?))
}

/// Git in a clone, which it only reads.
pub(crate) fn command(repository: &Path, args: &[&str]) -> Command {
    let mut command = Command::new("git");
    command
        .arg("-C")
        .arg(repository)
        .args(args)
        .stdin(Stdio::null())
        // A clone without some objects must not go and fetch them.
        .env("GIT_NO_LAZY_FETCH", "1")
        .stderr(Stdio::null());
    command
}
