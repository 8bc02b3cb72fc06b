import Foundation
import PackagePlugin

/// Writes the table of all scores from the files of `Scores/`, so that a new score is one new file.
///
/// A score is declared as `static let name = Score(` with two spaces before it.
@main
struct ScoreTable: BuildToolPlugin {
  private static let script = #"""
    set -e; out=$1; shift
    {
      echo 'extension Score {'
      echo '  /// The scores in the order of their files.'
      echo '  static let declared: [Score] = ['
      awk '/^  static let [A-Za-z0-9]+ = Score\($/ { print "    ." $3 "," }' "$@"
      echo '  ]'
      echo '}'
    } > "$out"
    """#

  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    guard let module = target.sourceModule else { return [] }
    let files = module.sourceFiles(withSuffix: ".swift").map(\.url)
      .filter { $0.deletingLastPathComponent().lastPathComponent == "Scores" }
      .sorted { $0.path < $1.path }
    let table = context.pluginWorkDirectoryURL.appending(path: "ScoreTable.swift")
    return [
      .buildCommand(
        displayName: "Listing the scores", executable: URL(filePath: "/bin/sh"),
        arguments: ["-c", Self.script, "sh", table.path] + files.map(\.path),
        inputFiles: files, outputFiles: [table])
    ]
  }
}
