//! A path in, the file of `cli/web` that is served there out. All of them are compiled in.

/// A file.
pub(super) struct Asset {
    /// Where a browser finds it.
    path: &'static str,
    /// The file below `cli/web`.
    #[cfg(test)]
    file: &'static str,
    pub(super) bytes: &'static [u8],
}

macro_rules! assets {
    ($($path:literal => $file:literal,)*) => {
        &[$(Asset {
            path: $path,
            #[cfg(test)]
            file: $file,
            bytes: include_bytes!(concat!("../../web/", $file)),
        }),*]
    };
}

/// Every file of `cli/web`.
const ASSETS: &[Asset] = assets! {
    "/" => "index.html",
    "/inspector" => "inspector.html",
    "/assets/explorer/about.js" => "explorer/about.js",
    "/assets/explorer/confirm.js" => "explorer/confirm.js",
    "/assets/explorer/editor.js" => "explorer/editor.js",
    "/assets/explorer/explorer.css" => "explorer/explorer.css",
    "/assets/explorer/explorer.js" => "explorer/explorer.js",
    "/assets/explorer/field.js" => "explorer/field.js",
    "/assets/explorer/finder.js" => "explorer/finder.js",
    "/assets/explorer/form.css" => "explorer/form.css",
    "/assets/explorer/form.js" => "explorer/form.js",
    "/assets/explorer/inputs.js" => "explorer/inputs.js",
    "/assets/explorer/nested.js" => "explorer/nested.js",
    "/assets/explorer/path.js" => "explorer/path.js",
    "/assets/explorer/results.js" => "explorer/results.js",
    "/assets/explorer/schema.js" => "explorer/schema.js",
    "/assets/explorer/search.js" => "explorer/search.js",
    "/assets/explorer/target.js" => "explorer/target.js",
    "/assets/explorer/workbench.js" => "explorer/workbench.js",
    "/assets/inspector/calls.js" => "inspector/calls.js",
    "/assets/inspector/details.js" => "inspector/details.js",
    "/assets/inspector/export.js" => "inspector/export.js",
    "/assets/inspector/filter.js" => "inspector/filter.js",
    "/assets/inspector/inspector.css" => "inspector/inspector.css",
    "/assets/inspector/inspector.js" => "inspector/inspector.js",
    "/assets/inspector/table.js" => "inspector/table.js",
    "/assets/shared/api.js" => "shared/api.js",
    "/assets/shared/code.css" => "shared/code.css",
    "/assets/shared/code.js" => "shared/code.js",
    "/assets/shared/controls.css" => "shared/controls.css",
    "/assets/shared/copy.js" => "shared/copy.js",
    "/assets/shared/dom.js" => "shared/dom.js",
    "/assets/shared/header.js" => "shared/header.js",
    "/assets/shared/icon.svg" => "shared/icon.svg",
    "/assets/shared/json.js" => "shared/json.js",
    "/assets/shared/look.css" => "shared/look.css",
    "/assets/shared/snippets.js" => "shared/snippets.js",
    "/assets/shared/tabs.js" => "shared/tabs.js",
    "/assets/shared/texts-en.js" => "shared/texts-en.js",
    "/assets/shared/texts-zh.js" => "shared/texts-zh.js",
    "/assets/shared/texts.js" => "shared/texts.js",
    "/assets/shared/theme.js" => "shared/theme.js",
};

impl Asset {
    /// The file at a path.
    pub(super) fn at(path: &str) -> Option<&'static Self> {
        ASSETS.iter().find(|asset| asset.path == path)
    }

    /// What it is, by its name.
    pub(super) fn content_type(&self) -> &'static str {
        match self.path.rsplit_once('.').map(|(_, end)| end) {
            None => "text/html; charset=utf-8",
            Some("js") => "text/javascript; charset=utf-8",
            Some("css") => "text/css; charset=utf-8",
            Some("svg") => "image/svg+xml",
            Some(_) => "application/octet-stream",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::{ASSETS, Asset};

    #[test]
    fn every_file_is_served() {
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("web")];
        let root = folders[0].clone();
        let mut there = BTreeSet::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(&root).unwrap().to_str().unwrap();
                    there.insert(name.replace('\\', "/"));
                }
            }
        }
        let served: BTreeSet<String> = ASSETS.iter().map(|one| one.file.to_owned()).collect();
        assert_eq!(there, served);
    }

    #[test]
    fn a_path_has_the_type_of_its_name() {
        let page = Asset::at("/").unwrap();
        assert_eq!(page.content_type(), "text/html; charset=utf-8");
        assert!(Asset::at("/index.html").is_none() && Asset::at("/assets/../index.html").is_none());
        for asset in ASSETS {
            assert_ne!(
                asset.content_type(),
                "application/octet-stream",
                "{}",
                asset.path
            );
        }
    }
}
