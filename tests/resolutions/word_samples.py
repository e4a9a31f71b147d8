"""Clipboards as Word, browsers and Excel fill them. All of it is made up, in the form of theirs."""

# ruff: noqa: E501

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings/><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {mso-style-parent:""; margin:0cm; font-family:"Times New Roman";} --></style>
</head><body lang=VI style='tab-interval:36.0pt'><!--StartFragment-->
<p class=MsoNormal style='text-indent:1.0cm'><b><span lang=VI>Điều 1.</span></b><span lang=VI>
Phê duyệt dự toán ngân sách năm 2027 như sau:<o:p></o:p></span></p>
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]><span
lang=VI>Tổng thu: 34.550 tỷ đồng.<o:p></o:p></span></p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><!--[if !supportLists]--><span
style='mso-list:Ignore'>a)<span>&nbsp; </span></span><!--[endif]-->Thu nội địa;<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><!--[if !supportLists]--><span
style='mso-list:Ignore'>b)<span>&nbsp; </span></span><!--[endif]-->Thu từ đất:</p>
<p class=MsoListParagraph><!--[if !supportLists]--><span style='font-family:Symbol;mso-list:Ignore'>·<span>&nbsp;
</span></span><!--[endif]-->Tiền sử dụng đất;</p>
<p class=MsoListParagraph><span style='mso-list:Ignore'>2.<span>&nbsp; </span></span>Tổng chi: 30.000 tỷ đồng.</p>
<table class=MsoTableGrid border=1><tr><td width=60 valign=top><p class=MsoNormal><b>STT<o:p></o:p></b></p></td><td
colspan=1><p>Chỉ tiêu</p></td><td><p>Số tiền</p></td></tr><tr><td><p>1</p></td><td><p>Thu</p></td><td>34.550</td></tr></table>
<p class=MsoNormal><b>Điều 2.</b> Nghị quyết này có hiệu lực từ ngày thông qua.<script>alert(1)</script></p>
<!--EndFragment--></body></html>"""

WHOLE = """<table><tr><td><p>HỘI ĐỒNG NHÂN DÂN</p><p>TỈNH MẪU</p></td><td><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p></td></tr></table>
<p>NGHỊ QUYẾT</p><p>Về dự toán ngân sách năm 2027 (văn bản bịa để thử)</p>
<p>HỘI ĐỒNG NHÂN DÂN TỈNH MẪU</p><p>KHÓA I, KỲ HỌP THỨ IV</p>
<p><i>Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;</i></p>
<p><i>Xét Tờ trình số 01/TTr-UBND; ý kiến thảo luận.</i></p><p>QUYẾT NGHỊ:</p>
<p>Chương I<br>QUY ĐỊNH CHUNG</p><p>Điều 1. Phạm vi</p><ol><li>Thu<ol><li>Nội địa;</li><li>Đất;</li></ol></li><li>Chi</li></ol>
<p>Chương II<br>THI HÀNH</p><p>Điều 2. Giao Ủy ban nhân dân tổ chức thực hiện.</p>
<p>Nghị quyết này đã được Hội đồng nhân dân tỉnh Mẫu khóa I, kỳ họp thứ IV thông qua ngày 10 tháng 12 năm 2026./.</p>
<table><tr><td><p>Nơi nhận:</p><p>- Như Điều 2;</p><p>- Lưu: VT.</p></td><td><p>CHỦ TỊCH</p></td></tr></table>
<p>Phụ lục</p><p>DANH MỤC</p><p>1. Một</p>"""

PLAIN = """3. Khoản thứ ba cũ.
a) Điểm một;
b) Điểm hai.
4. Khoản thứ tư cũ.
STT\tChỉ tiêu\tSố
1\tThu\t10
2\tChi\t9
Đoạn cuối."""
