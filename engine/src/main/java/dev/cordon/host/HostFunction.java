package dev.cordon.host;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says that guests may import a public method, and on which terms. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface HostFunction {
    /**
     * The second name of the import.
     *
     * @return letters, digits, {@code _} and {@code -}; empty for the method's own name
     */
    String name() default "";

    /**
     * What a grant {@code host:call} must cover for the function to be called.
     *
     * @return a name of parts joined by dots; empty for {@code MODULE.FUNCTION}
     */
    String capability() default "";

    /**
     * What a call costs beside copied bytes.
     *
     * @return units of fuel
     */
    long fuel() default HostTerms.DEFAULT_FUEL;

    /**
     * The longest text, bytes or JSON taken for one parameter; {@link MaxBytes} says otherwise for
     * one of them.
     *
     * @return bytes
     */
    int maxBytes() default HostTerms.DEFAULT_MAX_BYTES;

    /**
     * The longest result.
     *
     * @return bytes
     */
    int maxResultBytes() default HostTerms.DEFAULT_MAX_BYTES;
}
