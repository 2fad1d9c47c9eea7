//! A size in, a small gzip file out that unpacks to that many bytes.

/// Bytes that one repetition stands for: the longest that the format has.
const RUN: u64 = 258;

/// Blanks, packed as tightly as one fixed code book can: 13 bits for each 258 of them.
///
/// RFC 1951, section 3.2.6 (fixed codes), and RFC 1952. The checksum at the end is wrong: what reads that far has lost already.
pub(super) fn gzip(bytes: u64) -> Vec<u8> {
    let mut out = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    let mut bits = Bits::default();
    // The last block, with the fixed codes.
    bits.plain(1, 1);
    bits.plain(1, 2);
    // The literal 32; literals below 144 have 8 bits and begin at 48.
    bits.code(48 + 32, 8);
    for _ in 0..bytes / RUN {
        // The length 258 is symbol 285; symbols from 280 have 8 bits and begin at 192. The distance 1 is symbol 0 of 5 bits.
        bits.code(192 + 5, 8);
        bits.code(0, 5);
    }
    // The end of the block is symbol 256, 7 bits.
    bits.code(0, 7);
    out.extend(bits.finish());
    out.extend(0_u32.to_le_bytes());
    let length = 1 + bytes / RUN * RUN;
    out.extend(
        u32::try_from(length & u64::from(u32::MAX))
            .unwrap_or(0)
            .to_le_bytes(),
    );
    out
}

/// Bits, the lowest of each byte first.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    current: u8,
    used: u8,
}

impl Bits {
    fn bit(&mut self, bit: bool) {
        self.current |= u8::from(bit) << self.used;
        self.used += 1;
        if self.used == 8 {
            self.bytes.push(self.current);
            (self.current, self.used) = (0, 0);
        }
    }

    /// A number, its lowest bit first.
    fn plain(&mut self, value: u16, count: u8) {
        (0..count).for_each(|at| self.bit(value >> at & 1 == 1));
    }

    /// A code, its highest bit first.
    fn code(&mut self, value: u16, count: u8) {
        (0..count)
            .rev()
            .for_each(|at| self.bit(value >> at & 1 == 1));
    }

    fn finish(mut self) -> Vec<u8> {
        if self.used > 0 {
            self.bytes.push(self.current);
        }
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::gzip;

    /// zlib unpacks these four bytes to 259 blanks.
    const BODY: [u8; 4] = [0x53, 0x18, 0x05, 0x00];

    #[test]
    fn a_small_bomb_is_these_bytes() {
        let packed = gzip(258);
        assert_eq!(packed[..10], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
        assert_eq!(packed[10..14], BODY, "{packed:02x?}");
        assert_eq!(packed[14..], [0, 0, 0, 0, 3, 1, 0, 0]);
        assert!(gzip(64 << 20).len() < 450_000);
    }
}
