/// The trial records that come with the program: every file of the folder `seeds`.
public enum Seeds {
  /// The name and the bytes of each file.
  public static let files: [(name: String, bytes: [UInt8])] = bundled.map {
    (name: $0.name, bytes: Array($0.text.utf8))
  }
}
