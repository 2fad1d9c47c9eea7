//! In: nothing. Out: the bytes of one answer to ChannelVerifyPdf, as the vendor's gateway sends it.

/// One signed area: 600 bytes, the size of answer that most actions have.
const BODY: &str = concat!(
    r#"{"Response":{"VerifyResult":1,"PdfVerifyResults":[{"VerifyResult":1,"SignPlatform":"腾讯电子签","#,
    r#""SignerName":"ESS@青岚互联网医院有限公司@517204","SignTime":1741655565000,"#,
    r#""SignAlgorithm":"SHA1withRSA","CertSn":"aa85a6b635be95ef","CertNotBefore":1740787200000,"#,
    r#""CertNotAfter":1772323199000,"SignType":0,"ComponentPosX":352.25,"ComponentPosY":470.5,"#,
    r#""ComponentWidth":119.5,"ComponentHeight":13.75,"ComponentPage":1}],"VerifySerialNo":"17416557182046","#,
    r#""PdfResourceMd5":"570E04F9C39D8B121C0F780300D370F8","RequestId":"3c140219-cfe9-470e-b241-907877d6fb03"}}"#,
);

/// Head and body.
pub(crate) fn bytes() -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\nServer: nginx\r\nDate: Tue, 11 Mar 2025 01:15:18 GMT\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: keep-alive\r\n\r\n",
        BODY.len()
    );
    [head.as_bytes(), BODY.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::BODY;
    use yunqiao::tencent::essbasic::ChannelVerifyPdfResponse;
    use yunqiao_runtime::codec::inspect;

    #[test]
    fn it_is_what_the_schema_describes() {
        assert!((560..640).contains(&BODY.len()), "{}", BODY.len());
        let inner = BODY
            .strip_prefix(r#"{"Response":"#)
            .and_then(|rest| rest.strip_suffix('}'))
            .unwrap();
        let mut answer = ChannelVerifyPdfResponse::default();
        let deviations = inspect(inner.as_bytes(), &mut answer).unwrap();
        // The request id is the envelope's.
        assert_eq!(deviations.len(), 1, "{deviations:?}");
        assert_eq!(answer.pdf_verify_results.len(), 1);
    }
}
