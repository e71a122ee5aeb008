/**
 * Finds secrets in text and replaces them, in any encoding and across chunks.
 *
 * <p>The log, the commit check and the command line call it. Begin with {@link
 * io.numa.avatar.run.secret.Redactor}.
 */
@NullMarked
package io.numa.avatar.run.secret;

import org.jspecify.annotations.NullMarked;
