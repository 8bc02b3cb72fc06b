#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Work that is done side by side, on as many cores as there are.
///
/// Its threads end with it. Those of Dispatch would be looked after once a second as long as the
/// program runs, also while nobody touches it.
enum SideBySide {
  /// A part of the work: every so many-th piece, from a first one on.
  private final class Share: Sendable {
    let pieces: StrideTo<Int>
    let work: @Sendable (Int) -> Void

    init(_ pieces: StrideTo<Int>, _ work: @escaping @Sendable (Int) -> Void) {
      self.pieces = pieces
      self.work = work
    }

    func run() { for piece in pieces { work(piece) } }
  }

  /// Does all pieces, and comes back when the last is done.
  static func run(_ count: Int, _ work: @Sendable (Int) -> Void) {
    let cores = max(1, min(count, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))))
    withoutActuallyEscaping(work) { work in
      let shares = (0..<cores).map { Share(stride(from: $0, to: count, by: cores), work) }
      let threads = shares.dropFirst().map(start)
      shares.first?.run()
      for (thread, share) in zip(threads, shares.dropFirst()) {
        // What no thread could be had for is done here.
        if let thread { pthread_join(thread, nil) } else { share.run() }
      }
    }
  }

  private static func start(_ share: Share) -> pthread_t? {
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let handed = Unmanaged.passRetained(share)
    let failure = pthread_create(
      &thread, nil,
      { pointer in
        // Systems do not agree on whether there may be none.
        let handed: UnsafeMutableRawPointer? = pointer
        if let handed { Unmanaged<Share>.fromOpaque(handed).takeRetainedValue().run() }
        return nil
      }, handed.toOpaque())
    guard failure == 0 else {
      handed.release()
      return nil
    }
    return thread
  }
}
