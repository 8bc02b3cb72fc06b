import Synchronization
import Testing

@testable import Trials

@Suite struct SideBySideTests {
  @Test(arguments: [0, 1, 2, 5, 1000])
  func doesEachPieceOnce(_ count: Int) {
    let done = Mutex([Int](repeating: 0, count: count))
    SideBySide.run(count) { piece in done.withLock { $0[piece] += 1 } }
    #expect(done.withLock { $0 } == [Int](repeating: 1, count: count))
  }
}
