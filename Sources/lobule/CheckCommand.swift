import ArgumentParser
import Assessment
import Trials

/// `lobule check`: what is wrong in trial files.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks trial files, their expressions too.",
    discussion: """
        lobule check our-trials/*.yaml

      Each thing that is wrong is a line FILE:LINE:COLUMN: error: …, as compilers write it.

      Exit status: 0 where nothing is wrong, 2 otherwise.
      """)

  @Argument(help: "Trial files (*.yaml).")
  var files: [String]

  mutating func run() throws {
    var hasProblems = false
    var known: [TrialRecord.ID: String] = [:]
    for file in files {
      var lines: [String]
      do {
        let (record, problems) = TrialReader.read(
          try Folder.bytes(of: file), file: file, checking: Site.vocabulary.faults)
        lines = problems.map(\.description)
        if let record {
          if let other = known[record.id] {
            lines.append("\(file):1:1: error: the trial \(record.id) is in \(other) already")
          }
          known[record.id] = file
        }
      } catch let error as BadInput {
        lines = error.lines.map { "\(file):1:1: error: \($0)" }
      }
      if lines.isEmpty {
        Output.print("\(file): ok")
      } else {
        hasProblems = true
        Output.report(lines)
      }
    }
    if hasProblems { throw ExitCode(2) }
  }
}
