/// Writes rows of fields as CSV (RFC 4180).
public enum TableWriter {
  /// A row with its line end, CRLF as the RFC has it; fields are quoted where they must be.
  public static func row(_ fields: some Sequence<String>) -> String {
    fields.map(field).joined(separator: ",") + "\r\n"
  }

  /// A field as it stands in a row.
  public static func field(_ text: String) -> String {
    let needsQuotes = text.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
    return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }
}
