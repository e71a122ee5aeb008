/**
 * How secrets are found in text and replaced, whatever encoding or chunk they come in.
 *
 * <p>The log, the commit check and the command line call it. Begin with {@link
 * io.numa.avatar.run.secret.Redactor}.
 */
@NullMarked
package io.numa.avatar.run.secret;

import org.jspecify.annotations.NullMarked;
