/// The trial records that come with the program.
public enum Seeds {
  /// The name and the bytes of each file.
  public static let files: [(name: String, bytes: [UInt8])] = [
    ("NCT03460795.yaml", PackageResources.NCT03460795_yaml),
    ("NCT05871463.yaml", PackageResources.NCT05871463_yaml),
    ("NCT05940610.yaml", PackageResources.NCT05940610_yaml),
    ("NCT05985863.yaml", PackageResources.NCT05985863_yaml),
    ("NCT07409259.yaml", PackageResources.NCT07409259_yaml),
  ]
}
