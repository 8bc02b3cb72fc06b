import ArgumentParser
import Glibc
import Terminal
import Trials
import Workbench

/// The app; what opens without a subcommand.
struct AppCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "app",
    abstract: "Opens the app (as without a subcommand).")

  @OptionGroup var source: TrialSource

  @Option(help: "Colours for a dark or a light background, or none: dark, light or monochrome.")
  var theme = "dark"

  @Flag(help: "Draw with ASCII characters only.")
  var ascii = false

  mutating func run() throws {
    guard let theme = Theme.all.first(where: { $0.name == theme }) else {
      let names = Theme.all.map(\.name).joined(separator: ", ")
      throw BadInput("'\(self.theme)' is not a theme; the themes are \(names)")
    }
    let (library, problems) = try source.library()
    let screen: Screen
    do {
      screen = try Screen(theme: theme)
    } catch {
      throw BadInput("\(error); lobule score and lobule trials work without it")
    }
    defer { screen.close() }
    var workbench = Workbench(
      library: library, size: screen.size, glyphs: ascii || !Screen.isUTF8 ? .ascii : .unicode,
      message: problems.first)
    while true {
      screen.show(workbench.draw())
      var event: Event? = screen.next()
      while let now = event {
        for effect in workbench.handle(now) {
          switch effect {
          case .quit:
            screen.close()
            if case .ended(let reason) = now { throw ExitCode(128 + reason.signal) }
            return
          case .suspend: screen.suspend()
          case .redraw: screen.redraw()
          }
        }
        event = screen.pending()
      }
    }
  }
}
