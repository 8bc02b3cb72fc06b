import ArgumentParser
import Glibc

/// The program: without a subcommand it opens the app, with one it does one job and ends.
@main
struct Lobule: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lobule",
    abstract:
      "Liver failure at the bedside: scores while you type, trials, and who can enter them.",
    usage: """
      lobule [--trials <dir>] [--store <file>]
      lobule score totalBilirubin='214 umol/L' inr=2.1 creatinine='88 umol/L'
      lobule trials NCT05940610
      lobule screen totalBilirubin='214 umol/L' inr=2.1 encephalopathyGrade=2
      lobule patients list
      """,
    discussion: """
      Without a subcommand the app opens. It needs a terminal of at least 60 columns and 16 rows.

      Exit status: 0 done, 1 a question was answered with no, 2 wrong usage or input, 70 a fault of \
      the program itself.
      """,
    version: "lobule 0.1.0",
    subcommands: [
      AppCommand.self, ScoreCommand.self, TrialsCommand.self, ScreenCommand.self,
      EvaluateCommand.self, CheckCommand.self, PatientsCommand.self, AuditCommand.self,
      ConfigCommand.self,
    ],
    defaultSubcommand: AppCommand.self)

  static func main() {
    do {
      // Without arguments there is nothing to parse, and the app is there sooner.
      if CommandLine.argc == 1 { return try AppCommand.open() }
      var command = try parseAsRoot()
      try command.run()
    } catch let error as BadInput {
      Output.complain(error.lines)
      Glibc.exit(2)
    } catch {
      let text = fullMessage(for: error)
      let code = exitCode(for: error)
      if code == .success {
        Output.print(text)
        Glibc.exit(0)
      }
      if let status = error as? ExitCode { Glibc.exit(status.rawValue) }
      Output.complain([text])
      Glibc.exit(code == .validationFailure ? 2 : 70)
    }
  }
}

/// How a result is written.
enum Format: String, ExpressibleByArgument, CaseIterable {
  case table, json
}
