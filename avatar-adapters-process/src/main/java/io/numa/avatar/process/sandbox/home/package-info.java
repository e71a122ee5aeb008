/** The HOME and the caches of each repository. */
@NullMarked
package io.numa.avatar.process.sandbox.home;

import org.jspecify.annotations.NullMarked;
