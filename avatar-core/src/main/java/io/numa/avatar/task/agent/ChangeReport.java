package io.numa.avatar.task.agent;

/**
 * The size of a change, and what it does to the project's tests.
 *
 * @param files how many files differ from the base commit
 * @param insertions added lines of text files
 * @param deletions removed lines of text files
 * @param testsChanged test files of the base commit that differ
 * @param testsDeleted test files of the base commit that are gone
 * @param testSetupChanged whether the change touches {@code .numa.yaml} or the detected test
 *     command
 */
public record ChangeReport(
    int files,
    long insertions,
    long deletions,
    int testsChanged,
    int testsDeleted,
    boolean testSetupChanged) {
  /** A copy that says that the change touches how the project is tested. */
  public ChangeReport withTestSetupChanged() {
    return new ChangeReport(files, insertions, deletions, testsChanged, testsDeleted, true);
  }
}
