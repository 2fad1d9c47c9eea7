//! A struct's fields in, its table for the runtime's codec out.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use yunqiao_model::api::{Bounds, Check, Field};

use crate::emit::ident;
use crate::names::{NamedFields, NamedService};

/// `impl Object` and the macro that hangs the codec on it.
pub(super) fn object(
    service: &NamedService<'_>,
    body: &NamedFields<'_>,
    all_sensitive: bool,
) -> TokenStream {
    let name = ident(&body.rust);
    let shape = shape(service, body, all_sensitive);
    let arm = |index: usize| Literal::usize_unsuffixed(index);
    let reads = body.fields.iter().enumerate().map(|(index, field)| {
        let (index, field) = (arm(index), ident(&field.rust));
        quote!(#index => &self.#field,)
    });
    let writes = body.fields.iter().enumerate().map(|(index, field)| {
        let (index, field) = (arm(index), ident(&field.rust));
        quote!(#index => &mut self.#field,)
    });
    let (index, read, write) = if body.fields.is_empty() {
        (ident("_index"), quote!({ None }), quote!({ None }))
    } else {
        let read = quote!({
            let member: &dyn ::yunqiao_runtime::Member = match index { #(#reads)* _ => return None };
            Some(member)
        });
        (
            ident("index"),
            read,
            quote!({
                let member: &mut dyn ::yunqiao_runtime::Member = match index { #(#writes)* _ => return None };
                Some(member)
            }),
        )
    };
    quote! {
        impl ::yunqiao_runtime::Object for #name {
            #[inline]
            fn shape(&self) -> ::yunqiao_runtime::Shape {
                #shape
            }

            #[inline]
            fn member(&self, #index: usize) -> ::core::option::Option<&dyn ::yunqiao_runtime::Member> #read

            #[inline]
            fn member_mut(&mut self, #index: usize) -> ::core::option::Option<&mut dyn ::yunqiao_runtime::Member> #write
        }
    }
}

/// The body of `shape`: lists of literals, with indices into the first one.
fn shape(service: &NamedService<'_>, body: &NamedFields<'_>, all_sensitive: bool) -> TokenStream {
    let wire = &body.wire;
    let names = body.fields.iter().map(|field| &field.field.name);
    let those = |is: &dyn Fn(&Field) -> bool| -> Vec<Literal> {
        let which = body.fields.iter().enumerate();
        which
            .filter(|(_, field)| is(field.field))
            .map(|(index, _)| Literal::usize_unsuffixed(index))
            .collect()
    };
    let required = those(&is_required);
    let sensitive = those(&|field| all_sensitive || is_sensitive(service, field));
    let rules = body.fields.iter().enumerate().flat_map(|(index, field)| {
        let index = Literal::usize_unsuffixed(index);
        let rules = rules(field.field).into_iter();
        rules.map(move |rule| quote!((#index, #rule)))
    });
    let imports = imports(body);
    quote! {
        #imports
        ::yunqiao_runtime::Shape::of(#wire, &[#(#names),*], &[#(#required),*], &[#(#sensitive),*], &[#(#rules),*])
    }
}

/// What the rules name. Inside of a function these names shadow those of the service's own structs.
fn imports(body: &NamedFields<'_>) -> Option<TokenStream> {
    let checks = || {
        let enforced = body.fields.iter().filter(|field| !field.field.advisory);
        enforced.flat_map(|field| &field.field.checks)
    };
    let has = |is: &dyn Fn(&Field) -> bool| body.fields.iter().any(|field| is(field.field));
    let needed = [
        ("Check", checks().next().is_some()),
        (
            "Location",
            has(&|field| field.result || field.header.is_some()),
        ),
        ("Rule", has(&|field| !rules(field).is_empty())),
        (
            "Run",
            checks().any(|check| matches!(check, Check::Pattern(_))),
        ),
    ];
    let names: Vec<Ident> = needed
        .into_iter()
        .filter(|(_, needed)| *needed)
        .map(|(name, _)| ident(name))
        .collect();
    (!names.is_empty()).then(|| quote!(use ::yunqiao_runtime::{#(#names),*};))
}

/// Whether a request without the field is refused.
pub(super) fn is_required(field: &Field) -> bool {
    field.required && field.life.removed.is_none()
}

/// Whether `Debug` must not show the field: it is sensitive itself, or whatever its struct holds is.
pub(super) fn is_sensitive(service: &NamedService<'_>, field: &Field) -> bool {
    let inner = field
        .ty
        .struct_name()
        .and_then(|name| service.service.structs.get(name));
    field.sensitive.is_some() || inner.is_some_and(|inner| inner.sensitive.is_some())
}

/// What only few fields have.
fn rules(field: &Field) -> Vec<TokenStream> {
    let mut rules = Vec::new();
    if let Some(header) = &field.header {
        rules.push(quote!(Rule::Location(Location::Header(#header))));
    }
    if field.result {
        rules.push(quote!(Rule::Location(Location::Result)));
    }
    if let Some(reason) = &field.life.removed {
        rules.push(quote!(Rule::Removed(#reason)));
    }
    if !field.advisory && !field.checks.is_empty() {
        let checks = field.checks.iter().map(check);
        rules.push(quote!(Rule::Checks(&[#(#checks),*])));
    }
    rules
}

/// `object!`, which implements the shared traits.
pub(super) fn traits(body: &NamedFields<'_>) -> TokenStream {
    let name = ident(&body.rust);
    quote!(::yunqiao_runtime::object!(#name);)
}

fn check(check: &Check) -> TokenStream {
    match check {
        Check::Length(bounds) => count(*bounds, "Length"),
        Check::Items(bounds) => count(*bounds, "Items"),
        Check::Bytes(bounds) => {
            let max = bounds
                .max
                .and_then(|max| u64::try_from(max).ok())
                .map_or(quote!(u64::MAX), unsuffixed);
            quote!(Check::Bytes { max: #max })
        }
        Check::Range(bounds) => {
            let end = |end: Option<i64>, open: TokenStream| {
                end.map_or(open, |end| {
                    let literal = Literal::i64_unsuffixed(end);
                    quote!(#literal)
                })
            };
            let (min, max) = (
                end(bounds.min, quote!(i64::MIN)),
                end(bounds.max, quote!(i64::MAX)),
            );
            quote!(Check::Range { min: #min, max: #max })
        }
        Check::FloatRange(bounds) => {
            let end = |end: Option<f64>, open: TokenStream| {
                end.map_or(open, |end| {
                    let literal = Literal::f64_unsuffixed(end);
                    quote!(#literal)
                })
            };
            let (min, max) = (
                end(bounds.min, quote!(f64::NEG_INFINITY)),
                end(bounds.max, quote!(f64::INFINITY)),
            );
            quote!(Check::FloatRange { min: #min, max: #max })
        }
        Check::Pattern(pattern) => {
            let alternatives = pattern.alternatives.iter().map(|runs| {
                let runs = runs.iter().map(|run| {
                    let ranges = run.ranges.iter().map(|(low, high)| quote!((#low, #high)));
                    let min = Literal::u32_unsuffixed(run.min);
                    let max = if run.max == u32::MAX {
                        quote!(u32::MAX)
                    } else {
                        unsuffixed(run.max.into())
                    };
                    quote!(Run { ranges: &[#(#ranges),*], min: #min, max: #max })
                });
                quote!(&[#(#runs),*])
            });
            quote!(Check::Pattern(&[#(#alternatives),*]))
        }
    }
}

fn count(bounds: Bounds, name: &str) -> TokenStream {
    let name = ident(name);
    let min = unsuffixed(
        bounds
            .min
            .and_then(|min| u64::try_from(min).ok())
            .unwrap_or(0),
    );
    let max = bounds
        .max
        .and_then(|max| u64::try_from(max).ok())
        .map_or(quote!(u64::MAX), unsuffixed);
    quote!(Check::#name { min: #min, max: #max })
}

fn unsuffixed(number: u64) -> TokenStream {
    let literal = Literal::u64_unsuffixed(number);
    quote!(#literal)
}
