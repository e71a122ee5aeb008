/**
 * Documents in YAML and JSON, bound to records and checked, with the file and line of every
 * problem.
 *
 * <p>The configuration and the plan reader use it. Begin with {@link
 * io.numa.avatar.document.DocumentLanguage}.
 */
@NullMarked
package io.numa.avatar.document;

import org.jspecify.annotations.NullMarked;
