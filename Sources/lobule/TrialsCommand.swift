import ArgumentParser
import Trials
struct TrialSource: ParsableArguments {
  @Option(name: .customLong("trials"), help: "A folder of further trial records (*.yaml).")
  var folder: String?
  func library() throws -> (TrialLibrary, [String]) { (TrialLibrary(), []) }
}
struct TrialsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "trials", abstract: "x")
}
