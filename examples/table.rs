//! Rows of text in, an aligned table on standard output out.

/// Prints rows with the first as a header. The last column is not padded.
pub(crate) fn print<const N: usize>(rows: &[[String; N]]) {
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..N).map(width).collect();
    for (index, row) in rows.iter().enumerate() {
        let cell =
            |(column, text): (usize, &String)| format!("{text:<width$}", width = widths[column]);
        let line = row
            .iter()
            .enumerate()
            .map(cell)
            .collect::<Vec<_>>()
            .join("  ");
        println!("{}", line.trim_end());
        if index == 0 {
            println!(
                "{}",
                widths
                    .iter()
                    .map(|width| "-".repeat(*width))
                    .collect::<Vec<_>>()
                    .join("  ")
            );
        }
    }
}
