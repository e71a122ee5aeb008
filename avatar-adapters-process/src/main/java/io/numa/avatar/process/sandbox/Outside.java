package io.numa.avatar.process.sandbox;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The words around those of a program that makes a sandbox.
 *
 * @param helper makes the network, and is the first process; a shell is without it
 * @param ownUsers whether the helper needs a user namespace to make the network; root may not
 * @param session where there is no helper, the words that separate a command from the avatar
 */
record Outside(Optional<Helper> helper, boolean ownUsers, List<String> session) {
  Outside {
    session = List.copyOf(session);
  }

  /** All that this machine may allow, the best first. */
  static List<Outside> all(Tools tools) {
    Optional<Helper> helper = tools.helper().path().map(Helper::new);
    var all = new ArrayList<Outside>();
    if (helper.isPresent()) {
      all.add(new Outside(helper, true, List.of()));
      all.add(new Outside(helper, false, List.of()));
    }
    all.add(new Outside(Optional.empty(), false, session(tools)));
    return all;
  }

  /** The thread that starts a process lives as long as the process; the kernel ends both. */
  private static List<String> session(Tools tools) {
    return Stream.concat(
            tools.find("setpriv").stream()
                .flatMap(program -> Stream.of(program, "--pdeathsig", "KILL")),
            tools.find("setsid").stream())
        .toList();
  }

  Set<Guarantee> holds() {
    var holds = EnumSet.of(Guarantee.NETWORK, Guarantee.LOOPBACK);
    if (helper.isPresent()) {
      holds.addAll(EnumSet.of(Guarantee.LIMITS, Guarantee.SYSTEM_CALLS, Guarantee.EGRESS));
      if (!Tools.usedByRoot()) {
        holds.add(Guarantee.PROCESS_COUNT);
      }
    }
    return holds;
  }

  /** The words before the program that makes the sandbox. */
  List<String> before(Walls walls) {
    return helper.map(words -> words.outer(walls, ownUsers)).orElse(session);
  }

  /** The words that are the sandbox's first process. */
  List<String> first(Walls walls) {
    return helper.isPresent() ? Helper.first(Helper.INSIDE, walls) : FirstProcess.TELLING;
  }
}
