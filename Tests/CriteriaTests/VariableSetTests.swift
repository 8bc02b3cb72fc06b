import Testing

@testable import Criteria

@Suite struct VariableSetTests {
  @Test func holdsEveryIndex() {
    let all = VariableSet(0..<VariableSet.capacity)
    #expect(Array(all.indices) == Array(0..<VariableSet.capacity))
    for index in [0, 1, 127, 128, 255, 256, 383, 384, 511] {
      let one = VariableSet(index)
      #expect(Array(one.indices) == [index])
      #expect(one.contains(index) && !one.contains(index ^ 1) && !one.isEmpty)
      #expect(one.isSubset(of: all) && !all.isSubset(of: one) && one.intersects(all))
    }
    #expect(!all.contains(-1) && !all.contains(512))
  }

  @Test func joinsAndCompares() {
    let (low, high) = (VariableSet([1, 130]), VariableSet([130, 500]))
    #expect(Array(low.union(high).indices) == [1, 130, 500])
    #expect(low.intersects(high))
    #expect(!VariableSet(1).intersects(VariableSet(2)))
    #expect(VariableSet().isEmpty && VariableSet().isSubset(of: low))
  }

  @Test func doubtsAreJoinedOnce() {
    let person = Doubt(variables: VariableSet(), reasons: [.person("coding")])
    let both = person.union(person).union(Doubt(variables: VariableSet(3)))
    #expect(both.reasons == [.person("coding")] && Array(both.variables.indices) == [3])
    #expect(Outcome(person) == .needsPerson(["coding"]))
    #expect(Outcome(both) == .unknown(both))
    #expect(Outcome(.permanent) == .unknown(.permanent))
  }
}
