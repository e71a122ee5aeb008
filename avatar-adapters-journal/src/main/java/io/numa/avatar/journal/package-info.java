/**
 * The journal in a file: an embedded database in the state directory, who may use that directory,
 * and what is said when its file cannot be trusted. How the tables look is nobody else's business.
 */
@NullMarked
package io.numa.avatar.journal;

import org.jspecify.annotations.NullMarked;
