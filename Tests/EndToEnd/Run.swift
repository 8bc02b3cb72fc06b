import Foundation
import TestSupport

/// One run of the program without a terminal: its status, its data and its messages.
struct Run {
  let status: Int32
  let output: String
  let errors: String

  /// Runs the program to its end.
  /// - Parameters:
  ///   - input: what it reads, of a file; nothing when none is given.
  ///   - target: where its data goes instead of here.
  ///   - environment: added to PATH, TERM and LANG.
  init(
    _ arguments: [String], input: String = "", to target: String? = nil,
    environment: [String: String] = [:]
  ) throws {
    // Files and not pipes, which a program that writes much would fill.
    let folder = try TemporaryFolder(["in": input, "out": "", "err": ""])
    func file(_ name: String) -> URL { URL(filePath: folder.file(name)) }
    let (standardInput, standardOutput, standardError) = (
      file("in"), file("out"), file("err")
    )
    let process = Process()
    process.executableURL = URL(fileURLWithPath: PseudoTerminal.program)
    process.arguments = arguments
    let usual = ["PATH": "/usr/bin:/bin", "TERM": "xterm-256color", "LANG": "C.UTF-8"]
    process.environment = usual.merging(environment) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: standardInput)
    process.standardOutput = try FileHandle(
      forWritingTo: target.map { URL(fileURLWithPath: $0) } ?? standardOutput)
    process.standardError = try FileHandle(forWritingTo: standardError)
    try process.run()
    process.waitUntilExit()
    status = process.terminationStatus
    output = try String(contentsOf: standardOutput, encoding: .utf8)
    errors = try String(contentsOf: standardError, encoding: .utf8)
  }

  /// The data as JSON.
  var json: [String: Any]? {
    (try? JSONSerialization.jsonObject(with: Data(output.utf8))) as? [String: Any]
  }

  /// The first line of the data that begins with a text.
  func line(_ beginning: String) -> String {
    output.split(separator: "\n").first { $0.hasPrefix(beginning) }.map(String.init) ?? ""
  }
}
