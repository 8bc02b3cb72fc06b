import Hepatology
import Terminal
import Workbench

/// The app in a terminal, with a store: takes what happens, shows what follows, and does what is
/// asked of the outside.
///
/// What a person waits to see is read from the store at once. What is written is written once the
/// picture of the key that caused it is shown, and before the next key is taken.
final class AppSession {
  private let screen: Screen
  private let clerk: StoreClerk
  private var workbench: Workbench
  private let favourites: [Score]
  private var waiting: [StoreRequest] = []
  private var isOver = false
  private var looked = ContinuousClock.now

  /// How often the store is asked what other programs have written.
  private static let interval = Duration.seconds(1)

  /// - Parameter favourites: The favourites of the configuration.
  init(screen: Screen, clerk: StoreClerk, workbench: Workbench, favourites: [Score]) {
    self.screen = screen
    self.clerk = clerk
    self.workbench = workbench
    self.favourites = favourites
  }

  /// Stays until the app is left; why, where that was not by a key.
  func run() -> EndReason? {
    while true {
      screen.show(workbench.draw())
      if !waiting.isEmpty {
        catchUp()
        if isOver { return nil }
        screen.show(workbench.draw())
      }
      // What no key waits for is done while none comes.
      var event: Event? =
        workbench.hasWork ? screen.pending() ?? .tick : screen.next(timeout: patience)
      while let now = event {
        if now == .tick {
          looked = .now
          workbench.turn(to: Clock.today)
        }
        perform(workbench.handle(now))
        if isOver || isEnd(now) {
          catchUp()
          screen.close()
          return if case .ended(let reason) = now { reason } else { nil }
        }
        event = waiting.contains { $0.isBinding } ? nil : screen.pending()
      }
    }
  }

  /// The milliseconds until the store is to be looked at.
  private var patience: Int {
    let left = Self.interval - (.now - looked)
    return max(0, Int(left / .milliseconds(1)) + 1)
  }

  private func isEnd(_ event: Event) -> Bool {
    if case .ended = event { true } else { false }
  }

  private func perform(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .quit: isOver = true
      case .suspend: screen.suspend()
      case .redraw: screen.redraw()
      case .copy(let text):
        workbench.tell(Copying.outcome(of: text, screen.copy(text)))
      case .nextTheme:
        screen.use(screen.choice.next)
        workbench.tell(
          screen.colors == 0
            ? "This terminal shows no colours, or NO_COLOR is set."
            : "The theme is \(screen.choice.rawValue) until you leave; "
              + "'theme' in the configuration keeps it.")
      case .keepFavourites(let chosen):
        if let failure = RememberedFavourites.write(chosen, configured: favourites) {
          workbench.tell("The favourites hold until you leave; they cannot be kept: \(failure)")
        }
      case .store(let request):
        if request.waitsForPicture {
          // Of the half-typed field only the last text counts.
          if case .draft = request, case .draft? = waiting.last { waiting.removeLast() }
          waiting.append(request)
        } else {
          ask(request)
        }
      }
    }
  }

  private func ask(_ request: StoreRequest) {
    if let answer = clerk.answer(request) { perform(workbench.handle(answer)) }
  }

  /// Does what has waited for its picture, and what follows from it.
  private func catchUp() {
    while !waiting.isEmpty { ask(waiting.removeFirst()) }
  }
}
