import Clinic
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
  private var isResting = false

  /// How often the store is asked what other programs have written, and how long after the last key
  /// what waits for the keyboard to rest is done.
  private static let interval = Duration.seconds(1)
  /// How often it is looked whether a new day has begun, where the store tells of itself that it was
  /// written to.
  private static let rest = Duration.seconds(60)

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
      if catchUp() {
        if isOver { return nil }
        screen.show(workbench.draw())
      }
      // What no key waits for is done while none comes.
      var event = workbench.hasWork ? screen.pending() ?? .tick : waitForChange()
      while let now = event {
        if now == .tick { workbench.turn(to: Clock.today) }
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

  /// Waits for an event; `nil` where the store brought something new instead.
  private func waitForChange() -> Event? {
    while true {
      let watch = workbench.isRetrying ? nil : clerk.watch
      let interval = isResting && watch != nil ? Self.rest : Self.interval
      let left = max(0, Int((interval - (.now - looked)) / .milliseconds(1)) + 1)
      let event = screen.next(timeout: left, or: watch?.descriptor)
      if event != .tick {
        if isResting { looked = .now }
        isResting = false
        return event
      }
      (looked, isResting) = (.now, true)
      watch?.drain()
      let isNewDay = workbench.turn(to: Clock.today)
      if perform(workbench.handle(.tick)) || !waiting.isEmpty || isNewDay { return nil }
    }
  }

  private func isEnd(_ event: Event) -> Bool {
    if case .ended = event { true } else { false }
  }

  /// Does what is asked of the outside; whether the store had an answer.
  @discardableResult
  private func perform(_ effects: [Effect]) -> Bool {
    var isNew = false
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
          isNew = ask(request) || isNew
        }
      }
    }
    return isNew
  }

  /// Asks the store; whether there was an answer.
  private func ask(_ request: StoreRequest) -> Bool {
    guard let answer = clerk.answer(request) else { return false }
    perform(workbench.handle(answer))
    return true
  }

  /// Does what has waited for its picture, and what follows from it; whether anything did.
  @discardableResult
  private func catchUp() -> Bool {
    var isNew = false
    while !waiting.isEmpty { isNew = ask(waiting.removeFirst()) || isNew }
    return isNew
  }
}
