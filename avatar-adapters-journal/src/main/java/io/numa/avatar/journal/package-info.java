/**
 * The journal in a file: an embedded database in the state directory, the lock that lets one avatar
 * at a time use it, and the messages for a file that cannot be used.
 *
 * <p>Runners construct {@link io.numa.avatar.journal.SqliteJournal} and use it through the core's
 * port; the tables are private. Begin with {@link io.numa.avatar.journal.SqliteJournal}.
 */
@NullMarked
package io.numa.avatar.journal;

import org.jspecify.annotations.NullMarked;
