/**
 * The port to the state that an avatar keeps across restarts: messages, attempts, and reports that
 * the backend does not have yet.
 *
 * <p>The worker, the pipeline and the senders of reports call it; the journal adapter and the
 * testkit implement it. Begin with {@link io.numa.avatar.port.journal.Journal}.
 */
@NullMarked
package io.numa.avatar.port.journal;

import org.jspecify.annotations.NullMarked;
