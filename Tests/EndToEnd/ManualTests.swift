import Foundation
import TestSupport
import Testing

@Suite struct ManualTests {
  private static let page = RecordedText("docs/lobule.1")

  @Test func pageIsFresh() throws {
    let dump = try Run(["--experimental-dump-help"]).output
    let version = try Run(["--version"]).output.split(separator: "\n").first.map(String.init) ?? ""
    Self.page.expect(try Manual(dump: Data(dump.utf8), version: version).text)
  }

  @Test func manUnderstandsIt() throws {
    let process = Process()
    let output = Pipe()
    let errors = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["man", "--warnings", "-l", Repository.url(Self.page.path).path]
    process.environment = ["PATH": "/usr/bin:/bin", "MANWIDTH": "80", "LANG": "C.UTF-8"]
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    // Without man there is nobody to ask.
    guard process.terminationStatus != 127 else { return }
    #expect(said == "")
    for word in ["lobule patients import", "Ctrl-u", "blue-orange", "NO_COLOR", "config.yaml"] {
      #expect(text.contains(word), "\(word)")
    }
  }

  @Test(arguments: ["bash", "zsh", "fish"]) func completionsNameEveryCommand(shell: String) throws {
    let run = try Run(["--generate-completion-script", shell])
    #expect(run.status == 0)
    for word in ["score", "screen", "patients", "import", "config", "check", "blue-orange"] {
      #expect(run.output.contains(word), "\(shell): \(word)")
    }
  }
}
