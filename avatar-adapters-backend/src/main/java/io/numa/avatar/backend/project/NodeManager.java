package io.numa.avatar.backend.project;

import java.util.List;
import java.util.stream.Stream;

/** The programs that fetch the packages of JavaScript projects and run their scripts. */
enum NodeManager {
  PNPM(
      "pnpm",
      List.of("pnpm-lock.yaml"),
      new Install("pnpm install --frozen-lockfile", "pnpm install"),
      new Test("pnpm test", "pnpm --recursive --no-bail test")),
  // No option: the option for keeping to the lock file differs between versions of Yarn. Its
  // version 1 fails at members without a test script, so that npm goes through them.
  YARN(
      "yarn",
      List.of("yarn.lock"),
      new Install("yarn install", "yarn install"),
      new Test("yarn test", "npm test --workspaces --if-present")),
  BUN(
      "bun",
      List.of("bun.lock", "bun.lockb"),
      new Install("bun install --frozen-lockfile", "bun install"),
      new Test("bun run test", "bun run --filter '*' test")),
  NPM(
      "npm",
      List.of("package-lock.json", "npm-shrinkwrap.json"),
      new Install("npm ci", "npm install"),
      new Test("npm test", "npm test --workspaces --if-present"));

  private final String program;

  @SuppressWarnings("ImmutableEnumChecker") // from List.of
  private final List<String> locks;

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts
  private final Install install;

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts
  private final Test test;

  NodeManager(String program, List<String> locks, Install install, Test test) {
    this.program = program;
    this.locks = locks;
    this.install = install;
    this.test = test;
  }

  private record Install(String locked, String free) {}

  private record Test(String root, String members) {}

  /** The field {@code packageManager} decides, then the lock file; npm is the default. */
  static NodeManager of(ProjectFolder folder) {
    String named = PackageJson.in(folder).text("packageManager");
    return Stream.of(values())
        .filter(manager -> named.startsWith(manager.program + "@"))
        .findFirst()
        .or(() -> Stream.of(values()).filter(manager -> manager.isLockedIn(folder)).findFirst())
        .orElse(NPM);
  }

  /** The command that fetches the packages, if the project names some that are not fetched yet. */
  static String installIn(ProjectFolder folder) {
    if (folder.hasFolder("node_modules") || !PackageJson.in(folder).needsPackages(folder)) {
      return "";
    }
    NodeManager manager = of(folder);
    return (manager.isLockedIn(folder) ? manager.install.locked : manager.install.free) + " && ";
  }

  String program() {
    return program;
  }

  String test() {
    return test.root;
  }

  /** The command that runs the test scripts of all members of a workspace. */
  String testMembers() {
    return test.members;
  }

  private boolean isLockedIn(ProjectFolder folder) {
    return locks.stream().anyMatch(folder::has);
  }
}
