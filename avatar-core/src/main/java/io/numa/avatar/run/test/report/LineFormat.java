package io.numa.avatar.run.test.report;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads results of tests from lines of text, as they arrive. The lines may contain other text, too.
 */
interface LineFormat extends Consumer<String> {
  /**
   * Ends the lines.
   *
   * @return the tests; empty unless the lines are certainly in this format
   */
  Optional<Tally> end();
}
