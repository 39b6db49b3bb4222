package dev.cordon.host;

import dev.cordon.capability.NamePattern;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.error.UsageException;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Functions of the application that guests import from one module, if they were granted {@code
 * host:call}. Immutable; every method returns a copy.
 *
 * <p>They run on the thread of the guest's call with the application's authority, for several calls
 * at once. No deadline interrupts them; it is looked at when they have returned.
 */
public final class HostModule {
    private static final int MAX_SHOWN = 100;

    private final String name;
    private final HostTerms terms;
    private final List<HostOperation> functions;

    private HostModule(String name, HostTerms terms, List<HostOperation> functions) {
        this.name = name;
        this.terms = terms;
        this.functions = functions;
    }

    /**
     * Starts a module.
     *
     * @param name first name of the imports: parts of letters, digits, {@code _} and {@code -},
     *     joined by dots
     * @return a module without functions
     * @throws UsageException if it is no such name, or one that belongs to the engine
     */
    public static HostModule named(String name) {
        boolean reserved =
                name.equals("cordon")
                        || name.startsWith("cordon.")
                        || name.startsWith("wasi_")
                        || name.equals("wasi");
        if (reserved || !NamePattern.isName(name)) {
            throw new UsageException(
                    ErrorCode.USAGE,
                    "host",
                    "a module of host functions cannot be named `"
                            + GuestText.printable(name, MAX_SHOWN)
                            + "`",
                    "use a name of your own such as `app.orders`; `cordon`, `wasi_...` and"
                            + " `extism:...` belong to the engine");
        }
        return new HostModule(name, HostTerms.defaults(), List.of());
    }

    /**
     * Makes a module of an annotated public type in a package that its module exports.
     *
     * @param type an interface or a class with {@link HostModuleName}; its methods with {@link
     *     HostFunction} are the functions
     * @param target what they are called on, by several threads at once
     * @param <T> the same
     * @return the module
     * @throws UsageException if a name or a method cannot be used
     */
    public static <T> HostModule of(Class<T> type, T target) {
        return of(type, target, MethodHandles.publicLookup());
    }

    /**
     * Makes a module of an annotated type that not everybody can see.
     *
     * @param type an interface or a class with {@link HostModuleName}; its methods with {@link
     *     HostFunction} are the functions
     * @param target what they are called on, by several threads at once
     * @param lookup who can see it: {@link MethodHandles#lookup()} of the application
     * @param <T> the same
     * @return the module
     * @throws UsageException if a name or a method cannot be used
     */
    public static <T> HostModule of(Class<T> type, T target, MethodHandles.Lookup lookup) {
        HostModuleName stated = type.getAnnotation(HostModuleName.class);
        if (stated == null) {
            throw HostTerms.bad(
                    "`" + type.getName() + "` names no module",
                    "annotate it with `@HostModuleName`");
        }
        HostModule module = named(stated.value());
        for (HostOperation each : AnnotatedMethods.of(module.name, type, target, lookup)) {
            module = module.with(each);
        }
        return module;
    }

    /**
     * Sets the terms of the functions that are added from here on.
     *
     * @param next capability, price, limits
     * @return a copy
     */
    public HostModule terms(HostTerms next) {
        return new HostModule(name, next, functions);
    }

    /** A function without parameters. */
    @FunctionalInterface
    public interface Body0<R> {
        /**
         * Does it.
         *
         * @return the result; null for none
         * @throws Exception {@link HostFunctionException} to be told to the guest
         */
        @Nullable R call() throws Exception;
    }

    /** A function of one parameter. */
    @FunctionalInterface
    public interface Body1<A, R> {
        /**
         * Does it.
         *
         * @param a what the guest passed
         * @return the result; null for none
         * @throws Exception {@link HostFunctionException} to be told to the guest
         */
        @Nullable R call(A a) throws Exception;
    }

    /** A function of two parameters. */
    @FunctionalInterface
    public interface Body2<A, B, R> {
        /**
         * Does it.
         *
         * @param a what the guest passed first
         * @param b what the guest passed second
         * @return the result; null for none
         * @throws Exception {@link HostFunctionException} to be told to the guest
         */
        @Nullable R call(A a, B b) throws Exception;
    }

    /** A function of three parameters. */
    @FunctionalInterface
    public interface Body3<A, B, C, R> {
        /**
         * Does it.
         *
         * @param a what the guest passed first
         * @param b what the guest passed second
         * @param c what the guest passed third
         * @return the result; null for none
         * @throws Exception {@link HostFunctionException} to be told to the guest
         */
        @Nullable R call(A a, B b, C c) throws Exception;
    }

    /**
     * Adds a function without parameters.
     *
     * @param function second name of the import
     * @param result its type, such as {@code long.class}
     * @param body what it does
     * @param <R> the same type
     * @return a copy
     * @throws UsageException if the name is none or taken
     */
    public <R> HostModule function(String function, Class<R> result, Body0<R> body) {
        return with(function, result, arguments -> body.call());
    }

    /**
     * Adds a function of one parameter.
     *
     * @param function second name of the import
     * @param a type of the parameter
     * @param result type of the result
     * @param body what it does
     * @param <A> type of the parameter
     * @param <R> type of the result
     * @return a copy
     * @throws UsageException if the name is none or taken
     */
    public <A, R> HostModule function(
            String function, Class<A> a, Class<R> result, Body1<A, R> body) {
        return with(function, result, arguments -> body.call(HostModule.<A>as(arguments[0])), a);
    }

    /**
     * Adds a function of two parameters.
     *
     * @param function second name of the import
     * @param a type of the first parameter
     * @param b type of the second
     * @param result type of the result
     * @param body what it does
     * @param <A> type of the first parameter
     * @param <B> type of the second
     * @param <R> type of the result
     * @return a copy
     * @throws UsageException if the name is none or taken
     */
    public <A, B, R> HostModule function(
            String function, Class<A> a, Class<B> b, Class<R> result, Body2<A, B, R> body) {
        return with(
                function,
                result,
                arguments ->
                        body.call(HostModule.<A>as(arguments[0]), HostModule.<B>as(arguments[1])),
                a,
                b);
    }

    /**
     * Adds a function of three parameters.
     *
     * @param function second name of the import
     * @param a type of the first parameter
     * @param b type of the second
     * @param c type of the third
     * @param result type of the result
     * @param body what it does
     * @param <A> type of the first parameter
     * @param <B> type of the second
     * @param <C> type of the third
     * @param <R> type of the result
     * @return a copy
     * @throws UsageException if the name is none or taken
     */
    public <A, B, C, R> HostModule function(
            String function,
            Class<A> a,
            Class<B> b,
            Class<C> c,
            Class<R> result,
            Body3<A, B, C, R> body) {
        return with(
                function,
                result,
                arguments ->
                        body.call(
                                HostModule.<A>as(arguments[0]),
                                HostModule.<B>as(arguments[1]),
                                HostModule.<C>as(arguments[2])),
                a,
                b,
                c);
    }

    /**
     * The engine makes arguments of the types that the function was described with. {@code
     * int.class} is a {@code Class<Integer>}, which cannot cast an Integer.
     */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T> T as(Object argument) {
        return (T) argument;
    }

    private HostModule with(
            String function, Class<?> result, HostOperation.Body body, Class<?>... parameters) {
        List<HostParameter> taken =
                Stream.of(parameters)
                        .map(each -> new HostParameter(HostType.of(each), terms.maxBytes()))
                        .toList();
        return with(new HostOperation(name, function, taken, HostType.of(result), terms, body));
    }

    private HostModule with(HostOperation next) {
        if (functions.stream().anyMatch(each -> each.name().equals(next.name()))) {
            throw HostTerms.bad(
                    "there are two functions `" + next.label() + "`",
                    "give each a name of its own");
        }
        List<HostOperation> more = new ArrayList<>(functions);
        more.add(next);
        return new HostModule(name, terms, List.copyOf(more));
    }

    /**
     * The first name of the imports.
     *
     * @return the module's name
     */
    public String name() {
        return name;
    }

    /**
     * What guests can import.
     *
     * @return an immutable list
     */
    public List<HostOperation> functions() {
        return functions;
    }
}
