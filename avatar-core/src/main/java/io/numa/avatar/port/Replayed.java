package io.numa.avatar.port;

import io.numa.avatar.task.CommitId;
import java.util.Optional;

/**
 * What came of replaying a commit on the tip that its branch has moved to.
 *
 * @param tip in one line: its id, subject and author
 * @param landed the commit of the branch that is ours already: of the same attempt, or of the same
 *     task where nothing is left to change
 * @param differs whether what is staged differs from the tip
 */
public record Replayed(String tip, Optional<CommitId> landed, boolean differs) {}
