//! The name of a key in, what a keyboard would send to the page out.

use serde_json::json;

use super::Browser;

/// What is held down with a key.
const CONTROL: u32 = 2;
const SHIFT: u32 = 8;

fn code(key: &str) -> u32 {
    match key {
        "Tab" => 9,
        "Enter" => 13,
        "Escape" => 27,
        " " => 32,
        "PageUp" => 33,
        "PageDown" => 34,
        "End" => 35,
        "Home" => 36,
        "ArrowLeft" => 37,
        "ArrowUp" => 38,
        "ArrowRight" => 39,
        "ArrowDown" => 40,
        _ => 0,
    }
}

impl Browser {
    /// Presses and lets go of a key, such as `/` or `Escape`.
    pub fn press(&mut self, key: &str) {
        self.stroke(key, 0);
    }

    /// The same while Control is held down.
    pub fn press_with_control(&mut self, key: &str) {
        self.stroke(key, CONTROL);
    }

    /// The same while Shift is held down.
    pub fn press_with_shift(&mut self, key: &str) {
        self.stroke(key, SHIFT);
    }

    fn stroke(&mut self, key: &str, held: u32) {
        let code = code(key);
        let stroke = |kind: &str| json!({ "type": kind, "key": key, "windowsVirtualKeyCode": code, "modifiers": held });
        let mut down = stroke("keyDown");
        // What presses a button is the text of the key, not the key.
        if key.chars().count() == 1 {
            down["text"] = key.into();
        } else if key == "Enter" {
            down["text"] = "\r".into();
        }
        self.call("Input.dispatchKeyEvent", down);
        self.call("Input.dispatchKeyEvent", stroke("keyUp"));
    }
}
