//! What the last run remembers in, the work that is left out: service versions whose files have changed, and what leans on them.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fs;

use yunqiao_codegen::{LOCK_FILE, Outline, extend_root, extend_surface, root_files};
use yunqiao_model::api::{ServiceId, Vendor, VendorInfo};
use yunqiao_model::on_all_cores;

use crate::outcome::Result;
use crate::tree::Found;

use super::cache::{Cache, Entry, Record, Trust};
use super::clock::Stage;
use super::{Done, Made, Run, infos, keep};

/// A service version that was made before.
struct Known {
    trust: Trust,
    record: Record,
    outline: Outline,
}

/// Does what is left to do, or nothing at all if everything has to be done: without memory, where the set of services or a vendor
/// has changed, and where there is something to report.
pub(super) fn update(run: &Run<'_>) -> Result<Option<Done>> {
    let Some(cache) = &run.cache else {
        return Ok(None);
    };
    let Some(root) = run.clock.time(Stage::Compare, || known_root(run, cache)) else {
        return Ok(None);
    };
    let known = run.clock.time(Stage::Compare, || {
        on_all_cores(&run.input.services, |service| known(run, cache, service))
    });
    let Some(mut known) = known.into_iter().collect::<Option<Vec<Known>>>() else {
        return Ok(None);
    };
    let pairs = known.iter().zip(&run.input.services);
    let changed: Vec<_> = pairs
        .filter_map(|(known, service)| (known.trust == Trust::Changed).then_some(service))
        .collect();
    let root_changed = root.outputs.iter().any(|entry| {
        entry.trust(run.target.get(entry.path()), &run.target.folder) == Trust::Changed
    });
    let mut made = if changed.is_empty() {
        Vec::new()
    } else {
        match run
            .input
            .make(&changed, &run.input.load_vendors()?, &run.clock)?
        {
            Ok(made) => made,
            Err(_) => return Ok(None),
        }
    };
    let proven = run
        .clock
        .time(Stage::Compare, || proven(run, &known, &mut made));
    let Some(mut lock) = run
        .clock
        .time(Stage::Compare, || lock(run, &known, &made))?
    else {
        return Ok(None);
    };
    let mut outlines_changed = false;
    let before = known
        .iter_mut()
        .filter(|known| known.trust == Trust::Changed);
    for (known, made) in before.zip(&made) {
        outlines_changed |= known.outline != made.outline;
        known.outline = made.outline.clone();
    }
    let outlines: Vec<Outline> = known.iter().map(|known| known.outline.clone()).collect();
    let mut new_root: Vec<(String, String)> = Vec::new();
    if outlines_changed || root_changed {
        let infos = infos(run.input.load_vendors()?);
        let Some(joined) = joined(run, lock, &infos, &outlines)? else {
            return Ok(None);
        };
        lock = joined;
        match root_files(&infos, &outlines, &run.options) {
            Ok(files) => new_root.extend(files),
            Err(_) => return Ok(None),
        }
    }
    new_root.extend(lock.map(|lock| (LOCK_FILE.to_owned(), lock)));
    let fresh = known.iter().filter(|known| known.trust != Trust::Changed);
    let mut kept: Vec<&str> = fresh
        .flat_map(|known| &known.record.outputs)
        .map(|entry| entry.path())
        .collect();
    if !(outlines_changed || root_changed) {
        kept.extend(root.outputs.iter().map(|entry| entry.path()));
    }
    kept.push(LOCK_FILE);
    let mut files: Vec<&[(String, String)]> = Vec::new();
    for (made, proven) in made.iter().zip(proven) {
        let (settled, open) = made.files.split_at(proven);
        kept.extend(settled.iter().map(|(name, _)| name.as_str()));
        files.push(open);
    }
    files.push(&new_root);
    let (total, changed) = run.settle(&files, &kept)?;
    run.clock.time(Stage::Remember, || {
        remember(run, cache, root, known, &made, &new_root)
    })?;
    Ok(Some(Done {
        services: outlines.len(),
        actions: outlines.iter().map(|outline| outline.actions()).sum(),
        files: total,
        changed,
    }))
}

/// Puts the files first that lie there just as they have been made again; gives their number for each service version made.
fn proven(run: &Run<'_>, known: &[Known], made: &mut [Made]) -> Vec<usize> {
    let prove = |(known, made): (&Known, &mut Made)| {
        let outputs = known.record.outputs.iter();
        let outputs: HashMap<&str, &Entry> = outputs.map(|entry| (entry.path(), entry)).collect();
        let files = std::mem::take(&mut made.files);
        let same = on_all_cores(&files, |(name, content)| {
            outputs.get(name.as_str()).is_some_and(|entry| {
                let found = run.target.get(name);
                entry.holds(content) && entry.trust(found, &run.target.folder) != Trust::Changed
            })
        });
        let (mut settled, mut open) = (Vec::new(), Vec::new());
        for (file, same) in files.into_iter().zip(same) {
            if same { &mut settled } else { &mut open }.push(file);
        }
        let count = settled.len();
        settled.extend(open);
        made.files = settled;
        count
    };
    let before = known.iter().filter(|known| known.trust == Trust::Changed);
    before.zip(made).map(prove).collect()
}

/// What is remembered of the whole, if it is about the same services and vendors and the surface is as it was written.
fn known_root(run: &Run<'_>, cache: &Cache) -> Option<Record> {
    let root = cache.load(keep::ROOT)?;
    let vendors: Vec<Found> = run.input.vendors.values().flatten().cloned().collect();
    let same = run.input.strays.is_empty()
        && run.root_words() == root.words
        && root.trust_inputs(&vendors, &run.input.folder) != Trust::Changed;
    let lock = root
        .outputs
        .iter()
        .find(|entry| entry.path() == LOCK_FILE)?;
    let lock = lock.trust(run.target.get(LOCK_FILE), &run.target.folder);
    (same && lock != Trust::Changed).then_some(root)
}

fn known(run: &Run<'_>, cache: &Cache, (id, files): &(ServiceId, Vec<Found>)) -> Option<Known> {
    let record = cache.load(&keep::name(id))?;
    let outline = Outline::from_line(record.words.first()?).filter(|outline| outline.id == *id)?;
    let inputs = record.trust_inputs(files, &run.input.folder);
    let trust = record.outputs.iter().fold(inputs, |trust, entry| {
        let found = run.target.get(entry.path());
        // Once something has changed, the rest needs no look.
        if trust == Trust::Changed {
            return trust;
        }
        trust.and(entry.trust(found, &run.target.folder))
    });
    Some(Known {
        trust,
        record,
        outline,
    })
}

/// The new surface: `Some(None)` if it has not changed, `None` if callers would lose something.
fn lock(run: &Run<'_>, known: &[Known], made: &[Made]) -> Result<Option<Option<String>>> {
    let before = known.iter().filter(|known| known.trust == Trust::Changed);
    let changed: Vec<&Made> = before
        .zip(made)
        .filter(|(known, made)| known.record.words.get(1) != Some(&keep::surface(&made.surface)))
        .map(|(_, made)| made)
        .collect();
    if changed.is_empty() {
        return Ok(Some(None));
    }
    let Ok(old) = fs::read_to_string(run.target.folder.join(LOCK_FILE)) else {
        return Ok(None);
    };
    let mut new: Option<String> = None;
    for made in changed {
        let before = new.as_deref().unwrap_or(old.as_str());
        match extend_surface(before, &made.outline.id, &made.surface) {
            Some(Cow::Borrowed(_)) => {}
            Some(Cow::Owned(lock)) => new = Some(lock),
            None => return Ok(None),
        }
    }
    Ok(Some(new))
}

/// The new surface with what stands for services without their versions: `None` if callers might lose something.
fn joined(
    run: &Run<'_>,
    lock: Option<String>,
    infos: &BTreeMap<Vendor, VendorInfo>,
    outlines: &[Outline],
) -> Result<Option<Option<String>>> {
    let before = match &lock {
        Some(lock) => Cow::Borrowed(lock.as_str()),
        None => match fs::read_to_string(run.target.folder.join(LOCK_FILE)) {
            Ok(text) => Cow::Owned(text),
            Err(_) => return Ok(None),
        },
    };
    let extended = match extend_root(&before, infos, outlines) {
        Ok(Some(Cow::Owned(new))) => Some(new),
        Ok(Some(Cow::Borrowed(_))) => None,
        Ok(None) | Err(_) => return Ok(None),
    };
    Ok(Some(extended.or(lock)))
}

fn remember(
    run: &Run<'_>,
    cache: &Cache,
    mut root: Record,
    known: Vec<Known>,
    made: &[Made],
    new_root: &[(String, String)],
) -> Result<()> {
    on_all_cores(made, |made| run.remember(cache, made));
    for mut known in known {
        if known.trust == Trust::Settled {
            known.record.settle(run.input.start);
            cache.save(&keep::name(&known.outline.id), &known.record);
        }
    }
    if new_root.is_empty() {
        let before = root.clone();
        root.settle(run.input.start);
        if root != before {
            cache.save(keep::ROOT, &root);
        }
        return Ok(());
    }
    run.remember_new_root(cache, root, new_root)
}
