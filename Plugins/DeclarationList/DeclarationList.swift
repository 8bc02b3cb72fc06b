import Foundation
import PackagePlugin

/// Lists the scores of `Scores/` and the variables of `Declared/`, so that a new one is one new
/// declaration.
///
/// Each is declared as `public static let name = …` with two spaces before it. What looks like a
/// declaration and is not of that form would be left out, so it ends the build with its place.
@main
struct DeclarationList: BuildToolPlugin {
  private static let script = #"""
    set -e; out=$1; type=$2; of=$3; shift 3
    {
      echo "extension $type {"
      echo "  /// All that are declared, in the order of their files."
      echo "  static let declared: [$type] = ["
      awk -v of="$of" '
        $0 ~ "^  public static let [A-Za-z0-9]+ = " of { print "    ." $4 ","; next }
        /^ *(public |internal |package )?static let / && ($0 ~ "= " of || of == "") {
          print FILENAME ":" FNR ": error: write two spaces, then public static let name = " of \
            > "/dev/stderr"
          bad = 1
        }
        END { exit bad }' "$@"
      echo "  ]"
      echo "}"
    } > "$out.new"
    mv "$out.new" "$out"
    """#

  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    guard let module = target.sourceModule else { return [] }
    let files = module.sourceFiles(withSuffix: ".swift").map(\.url).sorted { $0.path < $1.path }
    return [("Score", "Score[(]", "Scores"), ("Variable", "", "Declared")].map { type, of, folder in
      let declarations = files.filter {
        $0.deletingLastPathComponent().lastPathComponent == folder
      }
      let list = context.pluginWorkDirectoryURL.appending(path: "\(type)List.swift")
      return .buildCommand(
        displayName: "Listing \(folder)", executable: URL(filePath: "/bin/sh"),
        arguments: ["-c", Self.script, "sh", list.path, type, of] + declarations.map(\.path),
        inputFiles: declarations, outputFiles: [list])
    }
  }
}
