/** The tests that every {@link io.numa.avatar.port.journal.Journal} must pass. */
@NullMarked
package io.numa.avatar.testkit.contract.journal;

import org.jspecify.annotations.NullMarked;
