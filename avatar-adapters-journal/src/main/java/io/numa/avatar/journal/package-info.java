/**
 * The journal in a file: an embedded database in the state directory, the lock of that directory,
 * and the errors for a file that cannot be trusted. The tables are private to this package.
 */
@NullMarked
package io.numa.avatar.journal;

import org.jspecify.annotations.NullMarked;
