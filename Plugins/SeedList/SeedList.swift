import Foundation
import PackagePlugin

/// Puts the trial records of the folder `seeds` into the program, so that a new one is one new file.
@main
struct SeedList: BuildToolPlugin {
  private static let script = ####"""
    set -e; folder=$1; out=$2/Bundled.swift; new=$2/../Bundled.new
    {
      echo 'extension Seeds {'
      echo '  static let bundled: [(name: String, text: String)] = ['
      for file in "$folder"/*.yaml; do
        printf '    ("%s", ###"""\n' "$(basename "$file")"
        cat "$file"
        printf '\n"""###),\n'
      done
      echo '  ]'
      echo '}'
    } > "$new"
    cmp -s "$new" "$out" || mv "$new" "$out"
    """####

  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let folder = context.package.directoryURL.appending(path: "seeds").path
    let output = context.pluginWorkDirectoryURL.appending(path: "Sources")
    try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
    // Before every build, since a new file in a folder of no target would go unnoticed.
    return [
      .prebuildCommand(
        displayName: "Listing the trial records", executable: URL(filePath: "/bin/sh"),
        arguments: ["-c", Self.script, "sh", folder, output.path], outputFilesDirectory: output)
    ]
  }
}
