import ArgumentParser
import Assessment
import Glibc
import Quantities
import Terminal
import Trials

/// Where trials come from: the program's own, and a folder of a site's.
struct TrialSource: ParsableArguments {
  @Option(name: .customLong("trials"), help: "A folder of further trial records (*.yaml).")
  var folder: String?

  /// The trials, and what is wrong in files that could not be taken.
  ///
  /// - Throws: ``BadInput`` where the folder cannot be read.
  func library() throws -> (TrialLibrary, [String]) {
    let library = library(of: try files())
    return (library, library.problems.map(\.description))
  }

  /// The trials of files; the expressions of a site's own are checked, those of the program were.
  func library(of files: [TrialLibrary.File]) -> TrialLibrary {
    TrialLibrary(files: files, checking: folder == nil ? nil : Site.vocabulary.faults)
  }

  /// The files of the program and of the folder.
  ///
  /// - Throws: ``BadInput`` where the folder cannot be read.
  func files() throws -> [TrialLibrary.File] {
    try TrialLibrary.bundledFiles + (folder.map(Folder.files) ?? [])
  }
}

/// Reads the trial files of a folder.
enum Folder {
  static func files(in folder: String) throws -> [TrialLibrary.File] {
    guard let directory = opendir(folder) else {
      throw BadInput("the folder '\(folder)' cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".yaml") || name.hasSuffix(".yml") { names.append(name) }
    }
    return try names.sorted().map { ("\(folder)/\($0)", try bytes(of: "\(folder)/\($0)")) }
  }

  /// The bytes of a file; one more than the reader takes at the most, so that it can say so.
  static func bytes(of path: String) throws -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      throw BadInput("'\(path)' cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while bytes.count <= 1 << 20 {
      let count = read(file, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw BadInput("'\(path)' cannot be read: \(String(cString: strerror(errno)))")
      }
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return bytes
  }
}

/// `lobule trials`: the trials in a list, or one in full.
struct TrialsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trials",
    abstract: "Lists the trials, or shows one.",
    discussion: """
        lobule trials
        lobule trials NCT05940610
        lobule trials --find 'exosome status:recruiting' --format json
        lobule trials --trials ./our-trials
      """)

  @Argument(help: "The id of a trial; all trials where there is none.")
  var id: String?

  @Option(help: "Only trials with these words and facets, such as phase:1 country:china.")
  var find: String?

  @Option(help: "How the result is written: table or json.")
  var format = Format.table

  @OptionGroup var source: TrialSource

  mutating func run() throws {
    let (library, problems) = try source.library()
    Output.complain(problems)
    if let id {
      guard let trial = library[id.uppercased()] ?? library[id] else {
        let near = nearestNames(to: id, among: library.trials.map(\.id))
        let all = near.isEmpty ? library.trials.map(\.id) : near
        throw BadInput("there is no trial '\(id)'; there is \(all.joined(separator: ", "))")
      }
      Output.print(format == .json ? trial.json.text(pretty: true) : Self.text(trial))
    } else {
      let trials = try found(in: library)
      switch format {
      case .json:
        Output.print(
          JSONValue.object(["trials": .array(trials.map(\.json))]).text(pretty: true))
      case .table: Output.print(Self.table(trials))
      }
    }
    if !problems.isEmpty { throw ExitCode(2) }
  }

  private func found(in library: TrialLibrary) throws -> [TrialRecord] {
    guard let find else { return library.trials }
    let query = TrialQuery(find)
    guard query.problems.isEmpty else { throw BadInput(query.problems.map(\.description)) }
    return TrialIndex(library.trials).matching(query).map { library.trials[$0] }
  }

  private static func table(_ trials: [TrialRecord]) -> String {
    let rows = trials.map { trial in
      [
        trial.id, trial.shortTitle, trial.phaseLabel,
        (trial.currentStatus?.value.label ?? "not stated")
          + (trial.currentStatus?.asOf.map { " \($0)" } ?? ""),
        trial.design.enrollment.map { "\($0)" } ?? "–",
      ]
    }
    let head = ["id", "title", "phase", "status", "n"]
    let widths = head.indices.map { column in
      ([head] + rows).map { $0[column].columns }.max() ?? 0
    }
    return ([head] + rows).map { row in
      row.indices.map { column in
        column == row.count - 1
          ? row[column].padded(left: widths[column]) : row[column].padded(to: widths[column])
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  private static func text(_ trial: TrialRecord) -> String {
    var lines = [trial.briefTitle]
    for section in trial.sections {
      lines += ["", section.title]
      for line in section.lines {
        switch line {
        case .row(let label, let value, let note):
          lines += wrapped(value, after: "  \(label): ")
          if let note { lines += wrapped(note, after: "    ") }
        case .paragraph(let text): lines += wrapped(text, after: "  ")
        case .bullet(let mark, let text, let notes):
          lines += wrapped(text, after: "  \(mark.isEmpty ? "-" : mark) ")
          for note in notes { lines += wrapped(note, after: "      ") }
        }
      }
    }
    return lines.joined(separator: "\n")
  }

  private static func wrapped(_ text: String, after head: String) -> [String] {
    let indent = String(repeating: " ", count: min(head.columns, 8))
    return text.wrapped(toColumns: max(20, 100 - head.columns)).enumerated().map { row, line in
      (row == 0 ? head : indent) + line
    }
  }
}
